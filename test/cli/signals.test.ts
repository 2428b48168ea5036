import { expect, it } from "vitest";
import { documentOf } from "../support/cli.ts";
import type { Running } from "../support/cli.ts";
import { REPOSITORY } from "../support/cli-setting.ts";
import { ENVELOPES, STATE_BRANCH, World } from "../support/cli-world.ts";
import { authorizedWorld } from "../support/here.ts";
import type { FaultPlan } from "../../src/sandbox/faults.ts";

/** Sends a signal while the server holds the next request of this operation, and answers once the process has heard it. */
function signalAt(
  faults: FaultPlan,
  operation: string,
  { running, signal }: { readonly running: Running; readonly signal: NodeJS.Signals },
): void {
  let sent = false;
  faults.before(operation, async () => {
    if (sent) return;
    sent = true;
    running.signal(signal);
    await running.prints(/^Stopping: /m);
  });
}

function journalOf(world: World): unknown {
  return JSON.parse(world.github.fileAt(REPOSITORY, STATE_BRANCH, "credentials/oura.json") ?? "{}");
}

it.concurrent.for(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "%s during the token request: what was spent is stored, published and committed",
  async (signal, test) => {
    const world = await authorizedWorld(test);
    const job = world.job();
    const running: Running = world.start(["refresh", "--force", "--json"], job.env);
    signalAt(world.authorizationServer.faults, "token", { running, signal });
    const ended = await running.ended;
    expect(ended.exit).toBe(0);
    expect(documentOf(ended).results).toMatchObject([{ outcome: "refreshed", generation: 2 }]);
    expect(journalOf(world)).toMatchObject({ phase: "committed", generation: 2, intent: null });
    expect(await world.consumersAreServed()).toBe(true);
  },
);

it.concurrent(
  "SIGTERM before the spend: nothing is sent, the intent is given back, exit 130",
  async (test) => {
    const world = await authorizedWorld(test);
    const job = world.job();
    const running = world.start(["refresh", "--force", "--json"], job.env);
    signalAt(world.github.faults, "git/update-ref", { running, signal: "SIGTERM" });
    const ended = await running.ended;
    expect(ended.exit).toBe(130);
    expect(documentOf(ended)).toMatchObject({ ok: false, results: [{ outcome: "interrupted" }] });
    expect(world.authorizationServer.refreshRequests().size).toBe(0);
    expect(journalOf(world)).toMatchObject({ phase: "committed", generation: 1, intent: null });
  },
);

it.concurrent(
  "SIGINT while a browser is waited for: exit 130, and nothing is left in the journal or the stores",
  async (test) => {
    const world = await World.forTest(test);
    const running = world.start(["authorize", "oura", "--no-browser"]);
    await running.prints(/code_challenge/);
    expect(await running.stop("SIGINT")).toMatchObject({ exit: 130, stdout: "" });
    expect(world.github.commits(REPOSITORY, STATE_BRANCH)).toEqual([]);
    expect([...world.github.revealSecrets(ENVELOPES).keys()]).toEqual(["SEALRING_CANARY"]);
  },
);

it.concurrent(
  "SIGINT while a device code is polled: exit 130, and the intent is given back",
  async (test) => {
    const world = await World.forTest(test);
    world.declare("oura", { grant: "device_code" });
    const running = world.start(["authorize", "oura"]);
    await running.prints(/enter the code/);
    expect(await running.stop("SIGINT")).toMatchObject({ exit: 130 });
    expect(journalOf(world)).toMatchObject({ intent: null });
  },
);

it.concurrent(
  "SIGINT and then SIGTERM, as GitHub cancels a job: what was spent is stored, published and committed",
  async (test) => {
    const world = await authorizedWorld(test);
    const running = world.start(["refresh", "--force", "--json"], world.job().env);
    let sent = false;
    world.authorizationServer.faults.before("token", async () => {
      if (sent) return;
      sent = true;
      running.signal("SIGINT");
      await running.prints(/^Stopping: /m);
      running.signal("SIGTERM");
      await running.prints(/^Still stopping: /m);
    });
    const ended = await running.ended;
    expect(ended.exit).toBe(0);
    expect(documentOf(ended).results).toMatchObject([{ outcome: "refreshed", generation: 2 }]);
    expect(journalOf(world)).toMatchObject({ phase: "committed", generation: 2, intent: null });
  },
);

it.concurrent("a third signal ends the process at once", async (test) => {
  const world = await authorizedWorld(test);
  const job = world.job();
  const running = world.start(["refresh", "--force"], job.env);
  world.github.faults.before("git/update-ref", async () => {
    running.signal("SIGINT");
    await running.prints(/^Stopping: /m);
    running.signal("SIGINT");
    await running.prints(/^Still stopping: /m);
    expect(await running.stop("SIGINT")).toMatchObject({ exit: 130 });
  });
  expect(await running.ended).toMatchObject({ exit: 130, stdout: "" });
});

it.concurrent(
  "a shell that is killed leaves nobody who hears: what was spent is stored, published and committed",
  async (test) => {
    const world = await authorizedWorld(test);
    const running = world.start(["refresh", "--force", "--json"], world.job().env, { parent: "shell" });
    world.authorizationServer.faults.before("token", async () => {
      running.signal("SIGKILL");
      await running.prints(/^The process that started this one is gone: /m);
    });
    expect(documentOf(await running.ended).results).toMatchObject([{ outcome: "refreshed" }]);
    expect(journalOf(world)).toMatchObject({ phase: "committed", generation: 2, intent: null });
    expect(await world.consumersAreServed()).toBe(true);
  },
);

it.concurrent("a shell that is killed before the spend: nothing is sent", async (test) => {
  const world = await authorizedWorld(test);
  const running = world.start(["refresh", "--force", "--json"], world.job().env, { parent: "shell" });
  world.github.faults.before("git/update-ref", async () => {
    world.github.faults.clear();
    running.signal("SIGKILL");
    await running.prints(/^The process that started this one is gone: /m);
  });
  expect(documentOf(await running.ended).results).toMatchObject([{ outcome: "interrupted" }]);
  expect(world.authorizationServer.refreshRequests().size).toBe(0);
});

const PASSED = /^The deadline has passed: /m;

it.concurrent("a deadline before the spend: nothing is sent, exit 130", async (test) => {
  const world = await authorizedWorld(test);
  const running = world.start(["refresh", "--force", "--json", "--deadline", "1s"], world.job().env);
  world.github.faults.before("git/update-ref", async () => {
    world.github.faults.clear();
    await running.prints(PASSED);
  });
  const ended = await running.ended;
  expect(ended.exit).toBe(130);
  expect(documentOf(ended).results).toMatchObject([{ outcome: "interrupted" }]);
  expect(world.authorizationServer.refreshRequests().size).toBe(0);
  expect(journalOf(world)).toMatchObject({ intent: null });
});

it.concurrent("a command that ends before its deadline does not wait for it", async (test) => {
  const world = await authorizedWorld(test);
  const ended = await world.inJob(["refresh", "--deadline", "30d"]);
  expect(ended.exit).toBe(0);
  expect(ended.stderr).not.toMatch(PASSED);
});
