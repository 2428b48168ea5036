import { expect, it } from "vitest";
import type { Issue } from "../../../src/sandbox/github/model.ts";
import { connect, PATH, REPOSITORY, sender } from "./client.ts";

const ISSUES = `${PATH}/issues`;

it("issues are found by state, label and author", async () => {
  const { sandbox, send } = await connect();
  const permissions = { issues: "write" } as const;
  const app = sandbox.addToken({
    kind: "installation",
    login: "sealring[bot]",
    permissions,
    repositories: [REPOSITORY],
  });
  await send("POST", ISSUES, { title: "By a person", labels: ["sealring"] });
  await sender(sandbox, app.value)("POST", ISSUES, { title: "By the app", labels: ["sealring", "urgent"] });
  const titles = async (query: string): Promise<string[]> =>
    ((await send("GET", `${ISSUES}?${query}`)).body as { title: string }[]).map(({ title }) => title);
  expect(await titles("labels=sealring")).toEqual(["By the app", "By a person"]);
  expect(await titles("labels=sealring,urgent")).toEqual(["By the app"]);
  expect(await titles("creator=octocat")).toEqual(["By a person"]);
  await send("PATCH", `${ISSUES}/2`, { state: "closed" });
  expect(await titles("labels=sealring")).toEqual(["By a person"]);
  expect(await titles("state=closed")).toEqual(["By the app"]);
});

it("an issue that is opened again is no longer closed", async () => {
  const { send } = await connect();
  await send("POST", ISSUES, { title: "Authorize again", body: "first" });
  await send("PATCH", `${ISSUES}/1`, { state: "closed", body: "second" });
  const { body } = await send("PATCH", `${ISSUES}/1`, { state: "open" });
  expect(body).toMatchObject({ state: "open", closed_at: null, title: "Authorize again", body: "second" });
});

it("a comment is counted and kept in order", async () => {
  const { send } = await connect();
  await send("POST", ISSUES, { title: "Authorize again" });
  await send("POST", `${ISSUES}/1/comments`, { body: "one" });
  await send("POST", `${ISSUES}/1/comments`, { body: "two" });
  expect((await send("GET", `${ISSUES}/1`)).body).toMatchObject({ comments: 2 });
  expect((await send("GET", `${ISSUES}/1/comments`)).body).toMatchObject([{ body: "one" }, { body: "two" }]);
});

it("pull requests are among the issues, and say that they are", async () => {
  const { sandbox, send } = await connect();
  await send("POST", ISSUES, { title: "An issue" });
  await send("POST", ISSUES, { title: "A pull request" });
  const { issues } = sandbox.repository(REPOSITORY);
  issues.splice(1, 1, { ...itemOf(issues), kind: "pull_request" });
  const { body } = await send("GET", ISSUES);
  const url = expect.stringContaining(`${PATH}/pulls/2`) as string;
  expect(body).toMatchObject([{ title: "A pull request", pull_request: { url } }, { title: "An issue" }]);
  expect(body).not.toMatchObject([{}, { pull_request: {} }]);
});

it("where issues are disabled none is listed, opened, closed or commented", async () => {
  const { sandbox, send } = await connect();
  await send("POST", ISSUES, { title: "An issue" });
  sandbox.repository(REPOSITORY).hasIssues = false;
  expect(await send("GET", ISSUES)).toMatchObject({ status: 200, body: [] });
  const writes = await Promise.all([
    send("POST", ISSUES, { title: "Another" }),
    send("PATCH", `${ISSUES}/1`, { state: "closed" }),
    send("POST", `${ISSUES}/1/comments`, { body: "one" }),
  ]);
  expect(writes.map(({ status }) => status)).toEqual([410, 410, 410]);
  expect((await send("GET", PATH)).body).toMatchObject({ has_issues: false });
});

function itemOf(issues: readonly Issue[]): Issue {
  const last = issues.at(-1);
  if (last === undefined) throw new Error("there is no issue");
  return last;
}
