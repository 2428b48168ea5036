import { describe, expect, it, test } from "vitest";
import { recover, refresh } from "../../src/commands/refresh.ts";
import { SealringError } from "../../src/errors.ts";
import { newEntry } from "../../src/journal/entry.ts";
import { Ledger } from "../../src/journal/ledger.ts";
import { openIntent } from "../../src/journal/moves.ts";
import type { GitHub } from "../../src/github.ts";
import { WRITTEN } from "../support/entries.ts";
import { MemoryDisk } from "../support/job-ports.ts";
import { memoryFiles } from "../support/memory-files.ts";
import { DOWN, putOf } from "../support/misfortunes.ts";
import { envelopeName, World } from "../support/world.ts";

const FORCED = { names: [], when: "forced", probe: "not_asked", effect: "real" } as const;

/** Rewrites the next token answer's fields. */
function answerWith(
  world: World,
  change: (fields: Record<string, unknown>) => Record<string, unknown>,
): void {
  const rewrite = async (answer: Response) => {
    const fields = (await answer.json()) as Record<string, unknown>;
    return Response.json(change(fields));
  };
  world.sandbox.authorizationServer.faults.fail("token", { kind: "rewrite_answer", rewrite });
}

describe("an answer that is made to be lost", () => {
  it("with a field of any depth keeps its tokens", async () => {
    const world = await World.authorized();
    const deep = "[".repeat(12_000) + "]".repeat(12_000);
    const rewrite = async (answer: Response) => {
      const fields = JSON.stringify(await answer.json());
      const body = `${fields.slice(0, -1)},"padding":"${"x".repeat(60_000)}","scope":${deep}}`;
      return new Response(body, { headers: { "content-type": "application/json" } });
    };
    world.sandbox.authorizationServer.faults.fail("token", { kind: "rewrite_answer", rewrite });
    await world.refresh({ when: "forced" });
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
    expect([...world.sandbox.authorizationServer.refreshRequests().values()]).toEqual([1, 1]);
  });

  it("with a refresh token that leaves no room for the one before it keeps the new one", async () => {
    const world = await World.authorized();
    const large = "r".repeat(30_000);
    answerWith(world, (fields) => ({ ...fields, refresh_token: large }));
    await world.refresh({ when: "forced" });
    answerWith(world, (fields) => ({ ...fields, refresh_token: large }));
    await world.refresh({ when: "forced" });
    expect(world.envelope()).toContain(large);
  });

  it("with a token type that nobody can use keeps the refresh token that it does not replace", async () => {
    const world = await World.authorized({ rotation: ["rotation: none"] });
    answerWith(world, ({ access_token }) => ({ access_token, token_type: "mac" }));
    const [result] = (await world.refresh({ when: "forced" })).results;
    expect(result).toMatchObject({ outcome: "provider_drift", exit: 4 });
    expect(world.entry().phase).toBe("committed");
  });
});

test("an outage of all of GitHub that begins with the spend is waited out while the box is on disk only", async () => {
  const world = await World.authorized();
  const { authorizationServer, github } = world.sandbox;
  authorizationServer.faults.after("token", () => {
    const until = world.clock.now().getTime() + 60_000;
    github.faults.fail(() => world.clock.now().getTime() < until, DOWN, Infinity);
  });
  expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  expect(world.refreshes()).toBe(1);
});

describe("a merged change", () => {
  it("that makes a message of a refresh, at the same origin, sends nothing", async () => {
    const world = await World.authorized();
    const { origin } = new URL(world.sandbox.addresses.authorization_server.token_endpoint);
    const message = `token_endpoint: ${origin}/webhooks/1\n  refresh_request: { token_parameter: content }`;
    const yaml = world.declarations.get("oura") ?? "";
    world.declarations.set("oura", yaml.replace(/token_endpoint: .*/u, message));
    const before = world.sandbox.authorizationServer.log.length;
    const report = await world.refresh({ when: "forced" });
    expect(report.results).toMatchObject([{ outcome: "client_misconfigured", exit: 4 }]);
    expect(world.sandbox.authorizationServer.log.length).toBe(before);
  });

  it("of the client secret's name sends nothing", async () => {
    const world = await World.authorized();
    const yaml = world.declarations.get("oura") ?? "";
    world.declarations.set("oura", yaml.replace(/secret: \w+/, "secret: ANOTHER_SECRET"));
    const before = world.sandbox.authorizationServer.log.length;
    const report = await world.refresh({ when: "forced" });
    expect(report.results).toMatchObject([{ outcome: "client_misconfigured", exit: 4 }]);
    expect(report.results[0]?.message).toContain("client_secret_name");
    expect(world.sandbox.authorizationServer.log).toHaveLength(before);
  });

  it("of the environment writes no envelope anywhere", async () => {
    const world = await World.authorized();
    const files = memoryFiles({
      "sealring.yaml": "version: 1\nenvironment: null\n",
      "credentials/oura.yaml": world.declarations.get("oura") ?? "",
    });
    const report = await world.refresh({ when: "forced", ports: { files } });
    expect(report.results).toMatchObject([{ outcome: "client_misconfigured", exit: 4 }]);
    expect(world.sandbox.github.revealSecret(world.outputs, envelopeName("oura"))).toBeUndefined();
  });
});

describe("who writes to the journal branch", () => {
  it("keeps nobody busy with a deadline that no process asks for", async () => {
    const world = await World.authorized();
    const ledger = new Ledger(world.connect().journal, world.clock);
    const entry = (await ledger.read("oura")) ?? newEntry("oura");
    const deadline = new Date("9999-01-01T00:00:00Z");
    const forged = { kind: "publish", owner: { kind: "process" }, nonce: "forged", deadline } as const;
    await ledger.write(openIntent(entry, { ...forged, openedAt: world.clock.now() }), WRITTEN);
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "transient" }]);
    world.clock.passSeconds(3 * 3_600);
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  it("stops no write with a status page that cannot be read", async () => {
    const world = await World.authorized();
    const withoutPage = (github: GitHub): GitHub => {
      const { journal } = github;
      const read = async (blob: string) => {
        const { files } = await journal.head();
        if (files.get("README.md") === blob) throw new SealringError("transient", "too large");
        return journal.read(blob);
      };
      return {
        ...github,
        journal: {
          head: () => journal.head(),
          swap: (...given) => journal.swap(...given),
          history: (asked) => journal.history(asked),
          readAt: (...given) => journal.readAt(...given),
          compact: (...given) => journal.compact(...given),
          read,
        },
      };
    };
    const report = await world.refresh({ when: "forced", github: withoutPage });
    expect(report.results).toMatchObject([{ outcome: "refreshed" }]);
    expect(world.entry().generation).toBe(2);
  });
});

test("a box is replayed by the next step of the same job, whose snapshot is as old as the first's", async () => {
  const world = await World.authorized();
  const disk = new MemoryDisk();
  world.sandbox.github.faults.fail(putOf(envelopeName("oura")), DOWN, Infinity);
  await world.within({ disk }, async ({ ports }) => {
    expect((await refresh(ports, FORCED)).results).toMatchObject([{ outcome: "pending", exit: 5 }]);
    world.sandbox.github.faults.clear();
    world.clock.passSeconds(1);
    expect((await recover(ports)).results).toMatchObject([{ outcome: "recovered", exit: 0 }]);
  });
  expect((await world.refresh()).results).toMatchObject([{ outcome: "fresh", generation: 2 }]);
  expect(await world.outputWorks()).toBe(true);
});
