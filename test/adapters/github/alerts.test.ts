import { validate } from "@octokit/graphql-schema";
import { describe, expect, it, test } from "vitest";
import { VIEWER } from "../../../src/adapters/github/own-issues.ts";
import type { Alerts } from "../../../src/github.ts";
import { connect, serve } from "./server.ts";
import type { Reply, Seen, Server } from "./server.ts";

const ALERT = { credential: "oura", title: "oura: authorize it again", body: "First line.\n" };
const MARKED = `<!-- sealring:credential:oura -->\n${ALERT.body}`;
const BOT = "github-actions[bot]";

/** An issue of ours for `oura`, unless it says otherwise. */
function issue(number: number, more: object = {}): object {
  return { number, title: ALERT.title, body: MARKED, user: { login: BOT, type: "Bot" }, ...more };
}

/** A GitHub that knows us as the workflow's bot, lists these pages of issues, and takes every write. */
function tracker(
  pages: readonly (readonly object[])[],
  more: (request: Seen) => Reply | undefined = () => undefined,
): Promise<Server> {
  return serve((request) => {
    const { method, target } = request;
    const special = more(request);
    if (special !== undefined) return special;
    if (target === "/graphql") return { status: 200, body: { data: { viewer: { login: BOT } } } };
    const page = Number(new URL(target, "http://x").searchParams.get("page"));
    if (method === "GET") return { status: 200, body: pages[page - 1] ?? [] };
    return { status: method === "POST" ? 201 : 200, body: issue(77) };
  });
}

function alertsOf({ url }: Server): Alerts {
  const alerts = { labels: ["sealring"], assignees: ["ada"] };
  return connect(url, { alerts }).alerts;
}

const writes = ({ seen }: Server) =>
  seen
    .filter(({ method, target }) => method !== "GET" && target !== "/graphql")
    .map(({ method, target, body }) => ({
      method,
      target: target.replace("/repos/acme/credentials", ""),
      body,
    }));

/** So many issues of other kinds that fill a page. */
const full = (first: number) =>
  Array.from({ length: 100 }, (_, each) => issue(first - each, { body: "other" }));

test("GitHub's own schema takes the query", () => {
  expect(validate(VIEWER)).toEqual([]);
});

test("the first alert opens an issue, marked in its first line", async () => {
  const server = await tracker([[]]);
  expect(await alertsOf(server).raise(ALERT)).toBe("opened");
  const body = { title: ALERT.title, body: MARKED, labels: ["sealring"], assignees: ["ada"] };
  expect(writes(server)).toEqual([{ method: "POST", target: "/issues", body }]);
});

test("a second alert of one process brings the issue up to date that the first opened", async () => {
  const server = await tracker([[]]);
  const alerts = alertsOf(server);
  await alerts.raise(ALERT);
  expect(await alerts.raise(ALERT)).toBe("unchanged");
  expect(await alerts.raise({ ...ALERT, body: "Later.\n" })).toBe("updated");
  expect(writes(server).map(({ method, target }) => `${method} ${target}`)).toEqual([
    "POST /issues",
    "PATCH /issues/77",
  ]);
});

describe("an open issue", () => {
  it.each([
    ["as it was left", {}],
    ["with the line ends of GitHub's editor", { body: MARKED.replaceAll("\n", "\r\n") }],
  ])("%s is not written again", async (_how, more) => {
    const server = await tracker([[issue(5, more)]]);
    expect(await alertsOf(server).raise(ALERT)).toBe("unchanged");
    expect(writes(server)).toEqual([]);
  });

  it.each([
    ["title", { title: "edited" }],
    ["body", { body: `${MARKED}edited` }],
  ])("with another %s is brought up to date", async (_what, more) => {
    const server = await tracker([[issue(5, more)]]);
    expect(await alertsOf(server).raise(ALERT)).toBe("updated");
    const body = { title: ALERT.title, body: MARKED };
    expect(writes(server)).toEqual([{ method: "PATCH", target: "/issues/5", body }]);
  });

  it("is closed as completed, after a last comment", async () => {
    const server = await tracker([[issue(5)]]);
    const alerts = alertsOf(server);
    expect(await alerts.settle("oura", "well")).toBe("closed");
    expect(await alerts.settle("oura", "well")).toBe("none");
    expect(writes(server)).toEqual([
      { method: "POST", target: "/issues/5/comments", body: { body: "well" } },
      { method: "PATCH", target: "/issues/5", body: { state: "closed", state_reason: "completed" } },
    ]);
  });

  it("beyond the first page is found", async () => {
    const server = await tracker([full(300), [issue(5)]]);
    expect(await alertsOf(server).raise(ALERT)).toBe("unchanged");
  });
});

test.each([
  ["by another author", { user: { login: "mallory", type: "User" } }],
  ["that is a pull request", { pull_request: { url: "https://api.github.com/repos/a/b/pulls/5" } }],
  ["that quotes the marker further down", { body: `> hello\n${MARKED}` }],
  ["of no body", { body: null }],
])("an issue %s is none of ours, even if GitHub lists it", async (_whose, more) => {
  const server = await tracker([[issue(5, more)]]);
  const alerts = alertsOf(server);
  expect(await alerts.settle("oura", "well")).toBe("none");
  expect(await alerts.raise(ALERT)).toBe("opened");
});

test("our open issues are asked for by our login, once, the newest first, and no more than a thousand", async () => {
  const server = await tracker(Array.from({ length: 20 }, (_, page) => full(2_000 - page * 100)));
  const alerts = alertsOf(server);
  await Promise.all(["oura", "polar"].map((credential) => alerts.raise({ ...ALERT, credential })));
  await alerts.settle("strava", "well");
  const lists = server.seen.filter(({ method }) => method === "GET").map(({ target }) => target);
  expect(lists).toHaveLength(10);
  expect(new URL(lists[0] ?? "", "http://x").searchParams.toString()).toBe(
    "creator=github-actions%5Bbot%5D&state=open&sort=created&direction=desc&per_page=100&page=1",
  );
});

test("an issue that comes twice, because another was opened meanwhile, is no double of itself", async () => {
  const server = await tracker([[...full(300).slice(1), issue(5)], [issue(5)]]);
  expect(await alertsOf(server).raise(ALERT)).toBe("unchanged");
  expect(writes(server)).toEqual([]);
});

test("names that GitHub does not take cost the labels and assignees, not the issue", async () => {
  let refusals = 0;
  const server = await tracker([[]], ({ method, target }) =>
    method === "POST" && target.endsWith("/issues") && (refusals += 1) === 1 ? { status: 422 } : undefined,
  );
  expect(await alertsOf(server).raise(ALERT)).toBe("opened");
  expect(writes(server)[1]?.body).toEqual({ title: ALERT.title, body: MARKED });
});

test("a listing that fails is not asked for again by each credential", async () => {
  const server = await tracker([], ({ method }) => (method === "GET" ? { status: 403 } : undefined));
  const alerts = alertsOf(server);
  for (const credential of ["oura", "polar"])
    await expect(alerts.raise({ ...ALERT, credential })).rejects.toMatchObject({ code: "store_refused" });
  expect(server.seen.filter(({ method }) => method === "GET")).toHaveLength(1);
});

test.each([
  [410, "are disabled", "Settings > General > Features"],
  [403, "may not use", "issues: write"],
  [404, "may not use", "issues: write"],
])("%i to an opening says why, and what to do", async (status, message, hint) => {
  const server = await tracker([[]], ({ method, target }) =>
    method === "POST" && target.endsWith("/issues") ? { status } : undefined,
  );
  await expect(alertsOf(server).raise(ALERT)).rejects.toMatchObject({
    code: "store_refused",
    message: expect.stringContaining(message) as string,
    hint: expect.stringContaining(hint) as string,
  });
});

test("a rate limit is none of a missing permission", async () => {
  const headers = { "retry-after": "600" };
  const server = await tracker([[]], ({ method }) =>
    method === "GET" ? { status: 403, headers } : undefined,
  );
  await expect(alertsOf(server).raise(ALERT)).rejects.toMatchObject({ code: "rate_limited" });
});

test.each([403, 404])(
  "%i from GraphQL is blamed on GraphQL, not on a permission for issues",
  async (status) => {
    const server = await tracker([[]], ({ target }) => (target === "/graphql" ? { status } : undefined));
    await expect(alertsOf(server).raise(ALERT)).rejects.toMatchObject({
      code: "store_refused",
      message: expect.stringContaining(
        `login could not be asked (GraphQL answered HTTP ${String(status)})`,
      ) as string,
      hint: expect.not.stringContaining("issues: write") as string,
    });
    expect(writes(server)).toEqual([]);
  },
);

test.each([
  [401, {}, /does not know the token/],
  [403, { "retry-after": "600" }, /rate limit/],
  [403, { "x-github-sso": "required" }, /single sign-on/],
])("%i from GraphQL with %j is what it is elsewhere", async (status, headers, message) => {
  const server = await tracker([[]], ({ target }) =>
    target === "/graphql" ? { status, headers } : undefined,
  );
  await expect(alertsOf(server).raise(ALERT)).rejects.toThrow(message);
});

test.each([
  ["says nothing", { status: 200, body: { data: { viewer: null } } }],
  ["refuses", { status: 200, body: { data: null, errors: [{ type: "FORBIDDEN", message: "no" }] } }],
] as const)("where GitHub does not tell who we are and %s, nothing is written", async (_how, reply) => {
  const server = await tracker([[]], ({ target }) => (target === "/graphql" ? reply : undefined));
  await expect(alertsOf(server).raise(ALERT)).rejects.toMatchObject({ code: "transient" });
  expect(writes(server)).toEqual([]);
});
