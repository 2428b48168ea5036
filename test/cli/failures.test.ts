import { describe, expect, it } from "vitest";
import { quickly } from "../matrix/quickly.ts";
import { documentOf } from "../support/cli.ts";
import { REPOSITORY } from "../support/cli-setting.ts";
import type { World } from "../support/cli-world.ts";
import { STATE_BRANCH } from "../support/cli-world.ts";
import { authorizedWorld } from "../support/here.ts";
import type { Fault } from "../../src/sandbox/faults.ts";

/** More than a refresh waits for a store. */
const WAITED_SECONDS = 3_600;
const PUT_ENVELOPE = "actions/create-or-update-environment-secret";
const PUT_OUTPUT = "actions/create-or-update-repo-secret";

function answer(status: number, body: unknown): Fault {
  return { kind: "answer_instead", answer: () => Response.json(body, { status }) };
}

const page: Fault = {
  kind: "answer_instead",
  answer: () => new Response("<html>", { status: 502, headers: { "content-type": "text/html" } }),
};

function journalOf(world: World): Readonly<Record<string, unknown>> {
  const text = world.github.fileAt(REPOSITORY, STATE_BRANCH, "credentials/oura.json") ?? "{}";
  return JSON.parse(text) as Record<string, unknown>;
}

describe("what a token endpoint does to a refresh has one class, one exit code and one phase", () => {
  it.concurrent.for<[string, Fault, { outcome: string; exit: number; phase: string; again: string }]>([
    [
      "it says that the grant is dead",
      answer(400, { error: "invalid_grant" }),
      {
        outcome: "reauthorization_required",
        exit: 4,
        phase: "reauthorization_required",
        again: "reauthorization_required",
      },
    ],
    [
      "it does not know the client",
      answer(401, { error: "invalid_client" }),
      {
        outcome: "client_misconfigured",
        exit: 4,
        phase: "reauthorization_required",
        again: "reauthorization_required",
      },
    ],
    [
      "it is too busy",
      answer(429, { error: "slow_down" }),
      { outcome: "rate_limited", exit: 3, phase: "committed", again: "refreshed" },
    ],
    [
      "it is out for now, and says so",
      answer(400, { error: "temporarily_unavailable" }),
      { outcome: "transient", exit: 3, phase: "committed", again: "refreshed" },
    ],
    [
      "it sends a page of its proxy",
      page,
      { outcome: "ambiguous", exit: 4, phase: "ambiguous", again: "ambiguous" },
    ],
  ])("%s", async ([, fault, { outcome, exit, phase, again }], test) => {
    const world = await authorizedWorld(test);
    world.authorizationServer.faults.fail("token", fault);
    const ended = await world.inJob(["refresh", "--force", "--json"]);
    expect(documentOf(ended)).toMatchObject({ ok: false, results: [{ outcome }] });
    expect(ended.exit).toBe(exit);
    expect(journalOf(world)).toMatchObject({ phase });
    const check = await world.run(["status", "--check", "--json"]);
    expect(check.exit, "status --check").toBe(exit === 4 ? 4 : 0);
    const next = await world.inJob(["refresh", "--force", "--json"]);
    expect(documentOf(next).results).toMatchObject([{ outcome: again }]);
    if (again !== "refreshed") {
      expect([...world.authorizationServer.refreshRequests().values()]).toEqual([1]);
    }
  });
});

it.concurrent("secrets and commands in what a provider says come out nowhere", async (test) => {
  const world = await authorizedWorld(test);
  const [token = ""] = world.sightings.all().filter((secret) => secret.startsWith("refresh_"));
  const said = { error: token, error_description: `::error::${token}\n::stop-commands::x`, error_uri: token };
  world.authorizationServer.faults.fail("token", answer(400, said), 2);
  const text = await world.inJob(["refresh", "--force", "--verbose"]);
  expect(text.stdout + text.stderr).not.toMatch(/stop-commands|::error/);
  const json = await world.inJob(["refresh", "--force", "--verbose", "--json"]);
  expect(documentOf(json).ok).toBe(false);
});

it.concurrent(
  "a provider that nobody can connect to costs nothing, and the intent is given back",
  async (test) => {
    const world = await authorizedWorld(test);
    await world.stopAuthorizationServer();
    const ended = await world.inJob(["refresh", "--force", "--json"]);
    expect(ended.exit).toBe(3);
    expect(documentOf(ended).results).toMatchObject([{ outcome: "transient" }]);
    expect(journalOf(world)).toMatchObject({ phase: "committed", intent: null, generation: 1 });
  },
);

it.concurrent(
  "a destination that refuses holds up nothing but itself, and is written by the next run",
  async (test) => {
    const world = await authorizedWorld(test);
    const secret = world.githubToken;
    world.github.faults.fail(
      PUT_OUTPUT,
      answer(403, { message: `no, ${secret}`, documentation_url: "https://docs.github.com" }),
    );
    const ended = await world.inJob(["refresh", "--force", "--json"]);
    expect(ended.exit).toBe(5);
    expect(documentOf(ended).results).toMatchObject([
      { outcome: "refreshed", destinations: [{ outcome: "store_refused" }] },
    ]);
    expect(documentOf(await world.run(["status", "--json"])).results).toMatchObject([
      { unpublished: ["actions secrets of acme/credentials OURA_ACCESS_TOKEN"] },
    ]);
    const next = await world.inJob(["refresh", "--json"]);
    expect(next.exit).toBe(0);
    expect(documentOf(next).results).toMatchObject([
      { outcome: "fresh", destinations: [{ outcome: "updated" }] },
    ]);
    expect(await world.consumersAreServed()).toBe(true);
    expect([...world.authorizationServer.refreshRequests().values()]).toEqual([1]);
  },
);

it.concurrent(
  "an envelope's store that fails at first leaves a box in the journal, which is gone after the next refresh",
  async (test) => {
    const world = await authorizedWorld(test);
    const unavailable = answer(503, {
      message: "Service Unavailable",
      documentation_url: "https://docs.github.com",
    });
    world.github.faults.fail(isPutOfEnvelope, unavailable);
    const ended = await world.inJob(["refresh", "--force", "--json"]);
    expect(ended.exit).toBe(0);
    expect(documentOf(ended).results).toMatchObject([{ outcome: "refreshed", generation: 2 }]);
    expect(world.github.fileAt(REPOSITORY, STATE_BRANCH, "wal/oura.json")).toContain("ciphertext");
    await world.inJob(["refresh", "--force"]);
    expect(world.github.fileAt(REPOSITORY, STATE_BRANCH, "wal/oura.json")).toBeUndefined();
    expect(await world.consumersAreServed()).toBe(true);
  },
);

it.concurrent(
  "an envelope that no store takes waits in the journal: exit 5, and the next job replays and publishes it",
  async (test) => {
    const world = await authorizedWorld(test);
    const unavailable = answer(503, {
      message: "Service Unavailable",
      documentation_url: "https://docs.github.com",
    });
    world.github.faults.fail(isPutOfEnvelope, unavailable, Infinity);
    const job = world.job();
    const ended = await world.inJob(["refresh", "--force", "--json"], {
      ...job,
      env: quickly(world, job.env),
    });
    world.clock.passSeconds(WAITED_SECONDS);
    expect(ended.exit).toBe(5);
    expect(documentOf(ended)).toMatchObject({ ok: false, results: [{ outcome: "pending" }] });
    world.github.faults.clear();
    const recovered = await world.inJob(["refresh", "--json"]);
    expect(documentOf(recovered).results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
    const published = await world.inJob(["refresh", "--json"]);
    expect(documentOf(published).results).toMatchObject([{ outcome: "fresh", generation: 2 }]);
    expect(await world.consumersAreServed()).toBe(true);
    expect([...world.authorizationServer.refreshRequests().values()]).toEqual([1]);
  },
);

function isPutOfEnvelope({
  operation,
  target,
}: {
  readonly operation: string;
  readonly target: string;
}): boolean {
  return operation === PUT_ENVELOPE && target.endsWith("SEALRING_CREDENTIAL_OURA");
}

it.concurrent("a store that cannot be written leaves the refresh token unspent", async (test) => {
  const world = await authorizedWorld(test);
  world.github.faults.fail(
    PUT_ENVELOPE,
    answer(403, { message: "no", documentation_url: "https://docs.github.com" }),
  );
  const ended = await world.inJob(["refresh", "--force", "--json"]);
  expect(ended.exit).toBe(3);
  expect(documentOf(ended).results).toMatchObject([{ outcome: "store_refused" }]);
  expect(world.authorizationServer.refreshRequests().size).toBe(0);
});

it.concurrent("a swap whose answer is lost was won all the same, and nothing is done twice", async (test) => {
  const world = await authorizedWorld(test);
  world.github.faults.fail("git/update-ref", { kind: "lose_answer" }, 2);
  const ended = await world.inJob(["refresh", "--force", "--json"]);
  expect(documentOf(ended).results).toMatchObject([{ outcome: "refreshed", generation: 2 }]);
  expect(world.github.commits(REPOSITORY, STATE_BRANCH)).toHaveLength(4);
});
