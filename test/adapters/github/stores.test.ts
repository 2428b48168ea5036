import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { StoreTarget } from "../../../src/github.ts";
import { CANARIES, expectNoCanary } from "../../support/canary.ts";
import { connect, serve } from "./server.ts";

const ENVIRONMENT = { kind: "environment", repository: "acme/credentials", environment: "sealring" } as const;
const BOX = { keyId: "k1", ciphertext: "c2VhbGVk" };

const PLACES: readonly (readonly [StoreTarget, string])[] = [
  [ENVIRONMENT, "/repos/acme/credentials/environments/sealring/secrets"],
  [
    { kind: "environment", repository: "acme/x.y", environment: "prod/eu 1" },
    "/repos/acme/x.y/environments/prod%2Feu%201/secrets",
  ],
  [{ kind: "repository", repository: "acme/app", app: "actions" }, "/repos/acme/app/actions/secrets"],
  [{ kind: "repository", repository: "acme/app", app: "dependabot" }, "/repos/acme/app/dependabot/secrets"],
  [{ kind: "repository", repository: "acme/app", app: "codespaces" }, "/repos/acme/app/codespaces/secrets"],
  [organization("actions"), "/orgs/acme/actions/secrets"],
  [organization("dependabot"), "/orgs/acme/dependabot/secrets"],
  [organization("codespaces"), "/orgs/acme/codespaces/secrets"],
];

function organization(app: "actions" | "dependabot" | "codespaces"): StoreTarget {
  return { kind: "organization", organization: "acme", app, visibility: "private", repositories: [] };
}

test.each(PLACES)("%j is at %s", async (target, path) => {
  const secret = { name: "OURA_ACCESS_TOKEN", updated_at: "2026-11-22T10:00:00Z" };
  const server = await serve(({ method }) =>
    method === "GET" ? { status: 200, body: { key_id: "k1", key: "a2V5", ...secret } } : { status: 204 },
  );
  const { stores } = connect(server.url);
  expect(await stores.publicKey(target)).toEqual({ keyId: "k1", key: "a2V5" });
  expect(await stores.find(target, "OURA_ACCESS_TOKEN")).toEqual({
    name: "OURA_ACCESS_TOKEN",
    updatedAt: new Date("2026-11-22T10:00:00Z"),
  });
  await stores.put(target, "OURA_ACCESS_TOKEN", BOX);
  expect(await stores.delete(target, "OURA_ACCESS_TOKEN")).toBe("deleted");
  expect(server.seen.map(({ method, target: at }) => `${method} ${at}`)).toEqual([
    `GET ${path}/public-key`,
    `GET ${path}/OURA_ACCESS_TOKEN`,
    `PUT ${path}/OURA_ACCESS_TOKEN`,
    `DELETE ${path}/OURA_ACCESS_TOKEN`,
  ]);
});

test.each<StoreTarget>([
  { ...ENVIRONMENT, environment: ".." },
  { ...ENVIRONMENT, repository: "acme/.." },
  { ...ENVIRONMENT, repository: "acme" },
  { ...ENVIRONMENT, environment: "" },
])("a name that would lead to another path is refused: %j", async (target) => {
  const server = await serve(() => ({ status: 204 }));
  await expect(connect(server.url).stores.put(target, "A", BOX)).rejects.toMatchObject({ code: "usage" });
  expect(server.seen).toEqual([]);
});

test("every request says who asks, in which version, and for what type", async () => {
  const server = await serve(() => ({ status: 200, body: { key_id: "k1", key: "a2V5" } }));
  await connect(server.url).stores.publicKey(ENVIRONMENT);
  expect(server.seen[0]?.headers).toMatchObject({
    authorization: `Bearer ${CANARIES.githubToken}`,
    "user-agent": expect.stringMatching(/^sealring\/0\.0\.0 /) as string,
    "x-github-api-version": "2022-11-28",
    accept: "application/vnd.github+json",
  });
});

test("a put says whether the secret was there, and that a key is stale", async () => {
  const statuses = [201, 204, 422];
  const server = await serve((_, count) => ({ status: statuses[count - 1] ?? 500 }));
  const { stores } = connect(server.url);
  expect(await stores.put(ENVIRONMENT, "A", BOX)).toBe("created");
  expect(await stores.put(ENVIRONMENT, "A", BOX)).toBe("updated");
  expect(await stores.put(ENVIRONMENT, "A", BOX)).toBe("stale_key");
  expect(server.seen[0]?.body).toEqual({ encrypted_value: "c2VhbGVk", key_id: "k1" });
});

test("a put is sent once, even when the server fails", async () => {
  const server = await serve(() => ({ status: 503 }));
  await expect(connect(server.url).stores.put(ENVIRONMENT, "A", BOX)).rejects.toMatchObject({
    code: "transient",
  });
  expect(server.seen).toHaveLength(1);
});

test("a read is sent again, twice at most, when the server fails or hangs up", async () => {
  const server = await serve((_, count) =>
    count === 1
      ? { status: 503 }
      : count === 2
        ? "reset"
        : { status: 200, body: { key_id: "k", key: "a2V5" } },
  );
  expect(await connect(server.url).stores.publicKey(ENVIRONMENT)).toEqual({ keyId: "k", key: "a2V5" });
  const down = await serve(() => ({ status: 502 }));
  await expect(connect(down.url).stores.publicKey(ENVIRONMENT)).rejects.toMatchObject({ code: "transient" });
  expect(down.seen).toHaveLength(3);
});

test.each([401, 403, 404, 409, 422, 429])("a read that is refused (%i) is not sent again", async (status) => {
  const server = await serve(() => ({ status }));
  await expect(connect(server.url).stores.publicKey(ENVIRONMENT)).rejects.toMatchObject({
    name: "SealringError",
  });
  expect(server.seen).toHaveLength(1);
});

test("deleting what is not there is no fault", async () => {
  const server = await serve(() => ({ status: 404, body: { message: "Not Found" } }));
  expect(await connect(server.url).stores.delete(ENVIRONMENT, "GONE")).toBe("absent");
});

test("the list of secrets is read to its end, page by page", async () => {
  const all = Array.from({ length: 130 }, (_, index) => ({
    name: `S${String(index)}`,
    updated_at: "2026-11-22T11:00:00Z",
  }));
  const server = await serve(({ target }) => {
    const page = Number(new URL(target, "http://x").searchParams.get("page"));
    const secrets = all.slice((page - 1) * 100, page * 100);
    return {
      status: 200,
      body: { total_count: all.length, secrets },
      headers: { "x-ratelimit-remaining": "4321", "x-ratelimit-reset": "1795352400" },
    };
  });
  const room = await connect(server.url).stores.room(ENVIRONMENT);
  expect(room.secrets).toHaveLength(130);
  expect(room.secrets[129]).toEqual({ name: "S129", updatedAt: new Date("2026-11-22T11:00:00Z") });
  expect(room.requestsLeft).toBe(4321);
  expect(server.seen).toHaveLength(2);
});

test("an organization's secret goes to its selected repositories by id, each looked up once", async () => {
  const server = await serve(({ method, target }) =>
    method === "PUT"
      ? { status: 201, body: {} }
      : { status: 200, body: { id: target.endsWith("dashboards") ? 7 : 8 } },
  );
  const { stores } = connect(server.url);
  const target = {
    ...organization("actions"),
    visibility: "selected",
    repositories: ["dashboards", "etl"],
  } as StoreTarget;
  await stores.put(target, "A", BOX);
  await stores.put(target, "B", BOX);
  const fields = { encrypted_value: "c2VhbGVk", key_id: "k1", visibility: "selected" };
  const puts = server.seen.filter(({ method }) => method === "PUT");
  expect(puts.map(({ body }) => body)).toEqual(
    puts.map(() => ({ ...fields, selected_repository_ids: [7, 8] })),
  );
  expect(server.seen.filter(({ method }) => method === "GET")).toHaveLength(2);
});

test("an organization's secret without a selection says its visibility alone", async () => {
  const server = await serve(() => ({ status: 201, body: {} }));
  await connect(server.url).stores.put(organization("codespaces"), "A", BOX);
  expect(server.seen[0]?.body).toEqual({ encrypted_value: "c2VhbGVk", key_id: "k1", visibility: "private" });
});

test("an answer without a key is a fault that passes, not a crash", async () => {
  const server = await serve(() => ({ status: 200, body: ["unexpected"] }));
  await expect(connect(server.url).stores.publicKey(ENVIRONMENT)).rejects.toMatchObject({
    code: "transient",
  });
});

test.each(["reset", "hang", "half"] as const)(
  "no whole answer (%s) is transient and shows no secret",
  async (reply) => {
    const server = await serve(() => reply);
    const { stores } = connect(server.url, { timeoutMilliseconds: 60 });
    const failure = await stores
      .put(ENVIRONMENT, "A", { ...BOX, ciphertext: btoa("boxed") })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "transient" });
    expectNoCanary(inspect(failure, { depth: null, showHidden: true }));
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain(btoa("boxed"));
  },
);
