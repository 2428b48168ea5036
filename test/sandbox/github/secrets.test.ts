import { describe, expect, it } from "vitest";
import { connect, PATH, REPOSITORY, sealTo } from "./client.ts";

const SECRETS = `${PATH}/environments/sealring/secrets`;
const ENVIRONMENT = { kind: "environment", repository: REPOSITORY, environment: "sealring" } as const;

describe("a secret", () => {
  it("is really opened, kept under its name in capitals, and never shown over the API", async () => {
    const { sandbox, send, seal } = await connect();
    expect((await seal(SECRETS, "Oura_token", "one")).status).toBe(201);
    expect((await seal(SECRETS, "OURA_TOKEN", "two ✓")).status).toBe(204);
    expect(sandbox.revealSecret(ENVIRONMENT, "oura_token")).toBe("two ✓");
    const list = await send("GET", SECRETS);
    expect(list.body).toMatchObject({ total_count: 1, secrets: [{ name: "OURA_TOKEN" }] });
    expect(JSON.stringify([list.body, (await send("GET", `${SECRETS}/OURA_TOKEN`)).body])).not.toContain(
      "two",
    );
  });

  it("keeps the time at which it was created when it gets a new value", async () => {
    const { clock, send, seal } = await connect();
    await seal(SECRETS, "TOKEN", "one");
    clock.passSeconds(60);
    await seal(SECRETS, "TOKEN", "two");
    const times = { created_at: "2026-11-22T12:00:00Z", updated_at: "2026-11-22T12:01:00Z" };
    expect((await send("GET", `${SECRETS}/TOKEN`)).body).toMatchObject(times);
  });

  it("is refused when it is sealed to a key that was replaced", async () => {
    const { sandbox, send, seal } = await connect();
    const { body } = await send("GET", `${SECRETS}/public-key`);
    const { key, key_id } = body as { key: string; key_id: string };
    sandbox.rotateKey(ENVIRONMENT);
    const stale = await send("PUT", `${SECRETS}/TOKEN`, { key_id, encrypted_value: sealTo(key, "one") });
    expect(stale.status).toBe(422);
    expect(sandbox.revealSecret(ENVIRONMENT, "TOKEN")).toBeUndefined();
    expect((await seal(SECRETS, "TOKEN", "one")).status).toBe(201);
  });

  it("is refused when it names another key than it is sealed to", async () => {
    const { send } = await connect();
    const { body } = await send("GET", `${SECRETS}/public-key`);
    const { key } = body as { key: string };
    const encrypted_value = sealTo(key, "one");
    expect((await send("PUT", `${SECRETS}/TOKEN`, { key_id: "1", encrypted_value })).status).toBe(422);
  });

  it("is refused when the box does not open", async () => {
    const { send } = await connect();
    const { body } = await send("GET", `${SECRETS}/public-key`);
    const { key_id } = body as { key_id: string };
    const encrypted_value = Buffer.alloc(80).toString("base64");
    expect((await send("PUT", `${SECRETS}/TOKEN`, { key_id, encrypted_value })).status).toBe(422);
  });

  it.each(["1TOKEN", "GITHUB_TOKEN", "github_x", "A-B", "A%20B"])("cannot be called %s", async (name) => {
    const { seal } = await connect();
    expect((await seal(SECRETS, name, "one")).status).toBe(422);
  });

  it("may be 48 KB large and no larger", async () => {
    const { seal } = await connect();
    expect((await seal(SECRETS, "FITS", "a".repeat(48 * 1024))).status).toBe(201);
    expect((await seal(SECRETS, "TOO_LARGE", "a".repeat(48 * 1024 + 1))).status).toBe(422);
  });

  it("finds no room after a hundred others, but may still be changed", async () => {
    const { sandbox, seal } = await connect();
    sandbox.limiter.limits = { requestsPerHour: 5_000, pointsPerMinute: undefined };
    for (let index = 0; index < 100; index += 1) await seal(SECRETS, `S${String(index)}`, "one");
    expect((await seal(SECRETS, "ONE_MORE", "one")).status).toBe(422);
    expect((await seal(SECRETS, "S7", "two")).status).toBe(204);
  });

  it("is gone once it is deleted, and cannot be deleted again", async () => {
    const { sandbox, send, seal } = await connect();
    await seal(SECRETS, "TOKEN", "one");
    expect((await send("DELETE", `${SECRETS}/token`)).status).toBe(204);
    expect((await send("DELETE", `${SECRETS}/token`)).status).toBe(404);
    expect(sandbox.revealSecrets(ENVIRONMENT)).toEqual(new Map());
  });
});

it("an environment that does not exist has no secrets and no key", async () => {
  const { send } = await connect();
  expect((await send("GET", `${PATH}/environments/nowhere/secrets/public-key`)).status).toBe(404);
});

it("each store and each app has a key and secrets of its own", async () => {
  const { sandbox, seal } = await connect();
  await seal(`${PATH}/actions/secrets`, "TOKEN", "actions");
  await seal(`${PATH}/dependabot/secrets`, "TOKEN", "dependabot");
  const reveal = (app: "actions" | "dependabot" | "codespaces"): string | undefined =>
    sandbox.revealSecret({ kind: "repository", repository: REPOSITORY, app }, "TOKEN");
  expect([reveal("actions"), reveal("dependabot"), reveal("codespaces")]).toEqual([
    "actions",
    "dependabot",
    undefined,
  ]);
});

it("a list comes in pages, with links to the others", async () => {
  const { send, seal } = await connect();
  for (const name of ["A", "B", "C"]) await seal(SECRETS, name, "one");
  const first = await send("GET", `${SECRETS}?per_page=2`);
  expect(first.body).toMatchObject({ total_count: 3, secrets: [{ name: "A" }, { name: "B" }] });
  expect(first.headers.get("link")).toContain(`secrets?per_page=2&page=2>; rel="next"`);
  const second = await send("GET", `${SECRETS}?per_page=2&page=2`);
  expect(second.body).toMatchObject({ secrets: [{ name: "C" }] });
  expect(second.headers.get("link")).not.toContain("next");
});

describe("an organization's secret", () => {
  it("says who may read it, and only with `selected` which repositories", async () => {
    const { send, sandbox } = await connect();
    const path = "/orgs/acme/actions/secrets";
    const { body } = await send("GET", `${path}/public-key`);
    const { key, key_id } = body as { key: string; key_id: string };
    const sealed = { key_id, encrypted_value: sealTo(key, "one") };
    expect((await send("PUT", `${path}/TOKEN`, { ...sealed, visibility: "private" })).status).toBe(201);
    const { id } = sandbox.repository(REPOSITORY);
    const selection = { selected_repository_ids: [id] };
    expect((await send("PUT", `${path}/TOKEN/repositories`, selection)).status).toBe(409);
    await send("PUT", `${path}/TOKEN`, { ...sealed, visibility: "selected", ...selection });
    const repositories = await send("GET", `${path}/TOKEN/repositories`);
    expect(repositories.body).toMatchObject({ total_count: 1, repositories: [{ full_name: REPOSITORY }] });
  });
});
