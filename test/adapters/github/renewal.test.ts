import { describe, expect, it, test } from "vitest";
import { Secret } from "../../../src/secret.ts";
import { connect, serve } from "./server.ts";
import type { Reply, Server } from "./server.ts";

const ENVIRONMENT = { kind: "environment", repository: "acme/credentials", environment: "sealring" } as const;

/** A GitHub whose every answer says this of the token's end. The clock stands at 2026-11-22 12:00 UTC. */
function endingAt(expiry: string, reply: Exclude<Reply, string> = { status: 404 }): Promise<Server> {
  return serve(() => ({ ...reply, headers: { "GitHub-Authentication-Token-Expiration": expiry } }));
}

interface Listener {
  readonly said: string[];
  readonly job: { readonly environment: string | null; readonly say: (line: string) => void };
}

function listener(environment: string | null = "sealring"): Listener {
  const said: string[] = [];
  return { said, job: { environment, say: (line) => void said.push(line) } };
}

describe("a job's token that ends within two weeks", () => {
  it.each([
    ["2026-11-30 23:59:59 UTC", "2026-11-30 23:59 UTC"],
    ["2026-12-06 11:59:59 UTC", "2026-12-06 11:59 UTC"],
    ["2026-11-30 23:59:59 -0500", "2026-12-01 04:59 UTC"],
    ["2026-12-06 17:29:59 +0530", "2026-12-06 11:59 UTC"],
  ])("on %s is told of once, with the command that renews it", async (expiry, shown) => {
    const server = await endingAt(expiry);
    const { said, job } = listener();
    const { stores, journal } = connect(server.url, { job });
    await stores.delete(ENVIRONMENT, "A");
    await stores.delete(ENVIRONMENT, "A");
    await journal.head();
    expect(said).toEqual([
      `the GitHub token expires on ${shown}; renew it:`,
      "  gh secret set SEALRING_GITHUB_TOKEN --env sealring",
    ]);
  });

  it("is told of by the journal's answers where it serves both, and not by those to another token", async () => {
    const server = await endingAt("2026-11-30 23:59:59 UTC");
    const [both, apart] = [listener(), listener()];
    await connect(server.url, { job: both.job }).journal.head();
    await connect(server.url, { job: apart.job, journalToken: new Secret("another") }).journal.head();
    expect(both.said).toHaveLength(2);
    expect(apart.said).toEqual([]);
  });
});

test.each([
  "2026-12-06 12:00:00 UTC",
  "2027-11-22 12:00:00 UTC",
  "2026-11-22 12:00:00 UTC",
  "2026-11-21 12:00:00 UTC",
  "2026-11-31 99:00:00 UTC",
  "2026-11-30",
  "2026-11-30 23:59:59 UTC ::error::",
])("nothing is said of %s", async (expiry) => {
  const server = await endingAt(expiry);
  const { said, job } = listener();
  await connect(server.url, { job }).stores.delete(ENVIRONMENT, "A");
  expect(said).toEqual([]);
});

test.each([
  ["sealring", "run: gh secret set SEALRING_GITHUB_TOKEN --env sealring"],
  ["prod $HOME", "run: gh secret set SEALRING_GITHUB_TOKEN --env 'prod $HOME'"],
  [null, "run: gh secret set SEALRING_GITHUB_TOKEN"],
])(
  "a job in environment %s whose token GitHub does not know is told how to renew it there",
  async (name, hint) => {
    const server = await serve(() => ({ status: 401 }));
    const { job } = listener(name);
    await expect(connect(server.url, { job }).stores.publicKey(ENVIRONMENT)).rejects.toMatchObject({ hint });
  },
);
