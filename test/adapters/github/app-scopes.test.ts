import { describe, expect, test } from "vitest";
import type { StoreTarget } from "../../../src/github.ts";
import {
  askedOf,
  ELSEWHERE,
  ENVIRONMENT,
  mintsOf,
  ORGANIZATION,
  serveApp,
  signIn,
  tokenOf,
} from "./app-server.ts";

describe("a token is good for no more than it is for", () => {
  test("secrets, with the repositories that are written or are to read an organization's", async () => {
    const server = await serveApp();
    const reach: StoreTarget[] = [
      ORGANIZATION,
      ELSEWHERE,
      { kind: "repository", repository: "Acme/Pipeline", app: "actions" },
      { kind: "environment", repository: "acme/pipeline", environment: "prod" },
    ];
    const { stores } = signIn(server, { reach });
    await stores.publicKey(ENVIRONMENT);
    expect(mintsOf(server)[0]).toEqual({
      permissions: {
        metadata: "read",
        environments: "write",
        secrets: "write",
        organization_secrets: "write",
      },
      repositories: ["credentials", "dashboards", "pipeline"],
    });
  });

  test("the journal, with what it is allowed of what it would like", async () => {
    const server = await serveApp();
    await signIn(server).journal.head();
    expect(mintsOf(server)[0]).toEqual({
      permissions: { metadata: "read", actions: "read", contents: "write", issues: "write" },
      repositories: ["credentials"],
    });
  });

  test("settings, with Administration only for what sets them", async () => {
    const server = await serveApp();
    const { settings } = signIn(server);
    await settings.environment("sealring");
    await settings.confine("sealring", "main").catch(() => undefined);
    const repositories = ["credentials"];
    expect(mintsOf(server)).toEqual([
      { permissions: { metadata: "read", actions: "read", contents: "read" }, repositories },
      { permissions: { metadata: "read", actions: "read", administration: "write" }, repositories },
    ]);
  });

  test("where it is not known what is written, every repository of the installation", async () => {
    const server = await serveApp();
    await signIn(server).stores.publicKey(ENVIRONMENT);
    expect(mintsOf(server)[0]).not.toHaveProperty("repositories");
  });

  test("more than 500 repositories cannot be named", async () => {
    const reach = Array.from({ length: 500 }, (_, index) => {
      return { kind: "repository", repository: `acme/r${String(index)}`, app: "actions" } as const;
    });
    const server = await serveApp();
    await signIn(server, { reach }).stores.publicKey(ENVIRONMENT);
    await signIn(server, { reach: reach.slice(1) }).stores.publicKey(ENVIRONMENT);
    const [tooMany, enough] = mintsOf(server);
    expect(tooMany).not.toHaveProperty("repositories");
    expect(enough?.repositories).toHaveLength(500);
  });
});

test("a repository that the App is not installed on holds up nothing but itself", async () => {
  const isAbsent = (target: string) => target.endsWith("/dashboards/installation");
  const server = await serveApp({
    lookUp: (target) => (isAbsent(target) ? { status: 404 } : undefined),
    mint: ({ repositories }) => (repositories?.includes("dashboards") === true ? { status: 422 } : undefined),
  });
  await signIn(server, { reach: [ORGANIZATION] }).stores.publicKey(ENVIRONMENT);
  expect(mintsOf(server).map(({ repositories }) => repositories)).toEqual([
    ["credentials", "dashboards"],
    ["credentials"],
  ]);
});

test("where the App is installed on none of what it is for, no token is good for the others", async () => {
  const server = await serveApp({
    lookUp: (target) => (target.includes("/repos/") ? { status: 404 } : undefined),
    mint: ({ repositories }) => (repositories === undefined ? undefined : { status: 422 }),
  });
  const { stores } = signIn(server, { reach: [ORGANIZATION] });
  await expect(stores.publicKey(ORGANIZATION)).rejects.toMatchObject({
    code: "store_refused",
    message: "the GitHub App Iv23liExample is not installed on acme/credentials",
    hint: expect.stringContaining("install it there") as string,
  });
  expect(mintsOf(server)).toHaveLength(1);
});

test("another owner's repositories are written with that owner's installation", async () => {
  const server = await serveApp();
  const { stores } = signIn(server, { reach: [ELSEWHERE] });
  await stores.publicKey(ENVIRONMENT);
  await stores.publicKey(ELSEWHERE);
  await stores.publicKey(ELSEWHERE);
  expect(askedOf(server).slice(3)).toEqual([
    "GET /repos/other/app/installation",
    "POST /app/installations/2/access_tokens",
    "GET /repos/other/app/actions/secrets/public-key",
    "GET /repos/other/app/actions/secrets/public-key",
  ]);
  expect(mintsOf(server)[1]).toMatchObject({ repositories: ["app"] });
  expect(server.seen[5]?.headers.authorization).toBe(`Bearer ${tokenOf(2)}`);
});

test("what an App may, its installation says", async () => {
  const server = await serveApp({
    lookUp: (target) => (target.includes("/acme/absent") ? { status: 404 } : undefined),
  });
  const { tokens } = signIn(server);
  const on = { repository: "acme/credentials" };
  const may = (permission: "actions" | "secrets" | "workflows", level: "read" | "write") =>
    tokens.may("secrets", { permission, level, on });
  expect(await may("actions", "read")).toBe("yes");
  expect(await may("actions", "write")).toBe("no");
  expect(await may("secrets", "write")).toBe("yes");
  expect(await may("workflows", "write")).toBe("no");
  const absent = { permission: "secrets", level: "write", on: { repository: "acme/absent" } } as const;
  expect(await tokens.may("journal", absent)).toBe("no");
  expect(mintsOf(server)).toEqual([]);
});
