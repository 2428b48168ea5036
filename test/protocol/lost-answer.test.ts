import { describe, expect, it, test } from "vitest";
import { recover, refresh } from "../../src/commands/refresh.ts";
import { formatInstant } from "../../src/instant.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { MemoryDisk } from "../support/job-ports.ts";
import { answering } from "../support/misfortunes.ts";
import { World } from "../support/world.ts";

const DAY = 86_400;

/** What may come instead of an answer that counts. The server has acted on the request, or has not. */
const LOST: readonly [string, Fault][] = [
  ["a connection that closes after the request was carried out", { kind: "lose_answer" }],
  ["a connection that closes before", { kind: "drop_request" }],
  ["a server error", answering(500)],
  ["a gateway's page", answering(502, "<html>Bad Gateway</html>", { "content-type": "text/html" })],
  ["a redirect", answering(302, "", { location: "https://status.example.com/" })],
  [
    "a page of HTML with status 200",
    answering(200, "<html>Maintenance</html>", { "content-type": "text/html" }),
  ],
  ["an empty answer with status 200", answering(200, "")],
  ["an error code in a server error", answering(503, '{"error":"invalid_grant"}')],
];

/** Authorized, then refreshed with this in the place of the answer. */
async function lost(fault: Fault, options: Parameters<World["refresh"]>[0] = {}): Promise<World> {
  const world = await World.authorized();
  world.sandbox.authorizationServer.faults.fail("token", fault);
  const report = await world.refresh({ when: "forced", ...options });
  expect(report).toMatchObject({ exit: 4, results: [{ outcome: "ambiguous" }] });
  return world;
}

describe("on a provider that revokes on reuse", () => {
  it.each(LOST)(
    "%s is ambiguous: the token is not sent again, and consumers keep theirs",
    async (_, fault) => {
      const world = await lost(fault);
      expect(world.entry()).toMatchObject({ phase: "ambiguous", generation: 1, intent: { generation: 2 } });
      const before = world.history();
      for (const when of ["due", "forced"] as const) {
        const report = await world.refresh({ when });
        expect(report).toMatchObject({ exit: 4, results: [{ outcome: "ambiguous" }] });
      }
      expect([world.refreshes(), world.history()]).toEqual([1, before]);
      expect(await world.outputWorks()).toBe(true);
    },
  );

  it("the job that lost it says the same in its last step, and not that its copy is an old one", async () => {
    const world = await World.authorized();
    world.sandbox.authorizationServer.faults.fail("token", { kind: "lose_answer" });
    const forced = { names: [], when: "forced", probe: "not_asked", effect: "real" } as const;
    await world.within({}, async ({ ports }) => {
      await refresh(ports, forced);
      expect(await recover(ports)).toMatchObject({ exit: 4, results: [{ outcome: "ambiguous" }] });
    });
  });

  it("the owner is told until when consumers can work, and both ways out", async () => {
    const world = await lost({ kind: "lose_answer" });
    const [result] = (await world.refresh()).results;
    expect(result?.message).toContain(formatInstant(world.entry().expiresAt ?? new Date(0)));
    expect(result?.hint).toContain("sealring authorize oura");
    expect(result?.hint).toContain(
      'gh workflow run sealring.yml -f command="refresh --probe" -f credential=oura',
    );
  });

  it("a probe that is asked for finds out that the server never saw the request", async () => {
    const world = await lost({ kind: "drop_request" });
    expect((await world.refresh({ probe: "asked" })).results).toMatchObject([
      { outcome: "refreshed", generation: 3 },
    ]);
    expect(world.entry()).toMatchObject({
      phase: "committed",
      generation: 3,
      intent: undefined,
      error: undefined,
    });
    expect(await world.outputWorks()).toBe(true);
  });

  it("a probe that is asked for finds out that the token is spent, and is the last request", async () => {
    const world = await lost({ kind: "lose_answer" });
    const report = await world.refresh({ probe: "asked" });
    expect(report).toMatchObject({ exit: 4, results: [{ outcome: "reauthorization_required" }] });
    for (const probe of ["asked", "not_asked"] as const) await world.refresh({ probe, when: "forced" });
    expect(world.refreshes()).toBe(2);
    expect(world.entry()).toMatchObject({
      phase: "reauthorization_required",
      error: { class: "reauthorization_required", code: "invalid_grant" },
    });
  });

  it("a probe whose own answer is lost is the one: none is made until the access token has expired", async () => {
    const world = await lost({ kind: "drop_request" });
    world.sandbox.authorizationServer.faults.fail("token", { kind: "drop_request" });
    expect((await world.refresh({ probe: "asked" })).results).toMatchObject([{ outcome: "ambiguous" }]);
    await world.refresh();
    expect((await world.refresh({ probe: "asked" })).results).toMatchObject([{ outcome: "ambiguous" }]);
    expect(world.refreshes()).toBe(2);
    world.clock.passSeconds(31 * 86_400);
    expect((await world.refresh()).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  it("a probe that the provider puts off leaves it as ambiguous as before", async () => {
    const world = await lost({ kind: "drop_request" });
    world.sandbox.authorizationServer.faults.fail("token", answering(429));
    expect((await world.refresh({ probe: "asked" })).results).toMatchObject([{ outcome: "rate_limited" }]);
    expect(world.entry()).toMatchObject({
      phase: "ambiguous",
      intent: { generation: 2, replaces: undefined },
    });
    expect((await world.refresh()).results).toMatchObject([{ outcome: "ambiguous" }]);
  });

  it("each scheduled run probes once the access token has expired, until an answer counts", async () => {
    const world = await lost({ kind: "drop_request" });
    world.clock.passSeconds(31 * DAY);
    world.sandbox.authorizationServer.faults.fail("token", { kind: "drop_request" });
    expect((await world.refresh()).results).toMatchObject([{ outcome: "ambiguous" }]);
    expect((await world.refresh()).results).toMatchObject([{ outcome: "refreshed" }]);
    expect(await world.outputWorks()).toBe(true);
  });

  it("a recovery sends nothing", async () => {
    const world = await lost({ kind: "lose_answer" });
    world.clock.passSeconds(31 * DAY);
    expect((await world.recover()).results).toMatchObject([{ outcome: "ambiguous" }]);
    expect(world.refreshes()).toBe(1);
  });

  it("a person who authorizes ends it", async () => {
    const world = await lost({ kind: "lose_answer" });
    await world.authorize("oura");
    expect((await world.refresh()).results).toMatchObject([{ outcome: "fresh", generation: 3 }]);
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  it("a job that started before the answer was lost does not judge it", async () => {
    const world = await World.authorized();
    const early = world.job();
    world.sandbox.authorizationServer.faults.fail("token", { kind: "lose_answer" });
    world.clock.passSeconds(1);
    await world.refresh({ when: "forced" });
    const { secrets, self } = early.ports;
    const report = await world.refresh({ probe: "asked", ports: { secrets, self } });
    expect(report.results).toMatchObject([{ outcome: "stale" }]);
    expect(world.refreshes()).toBe(1);
  });

  it("a run that ended without a word leaves it ambiguous, and the journal is told", async () => {
    const world = await World.authorized();
    const died = new Error("the runner went away");
    const http = { send: () => Promise.reject(died) };
    await expect(world.refresh({ when: "forced", ports: { http } })).rejects.toThrow(died);
    expect(world.entry().phase).toBe("intent");
    expect((await world.refresh()).results).toMatchObject([{ outcome: "ambiguous" }]);
    expect(world.entry()).toMatchObject({
      phase: "ambiguous",
      error: { class: "ambiguous", code: "run_ended_without_an_answer" },
    });
    expect((await world.refresh({ probe: "asked" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });
});

describe("an answer that breaks off in the middle", () => {
  it("with the refresh token in what arrived costs only the access token, which the next run gets", async () => {
    const world = await World.authorized();
    const rewrite = async (answer: Response) => {
      const { refresh_token: token } = (await answer.json()) as { refresh_token: string };
      return new Response(`{"refresh_token":"${token}","access_token":"cut o`, {
        headers: { "content-type": "application/json" },
      });
    };
    world.sandbox.authorizationServer.faults.fail("token", { kind: "rewrite_answer", rewrite });
    const old = world.output();
    const [cut] = (await world.refresh({ when: "forced" })).results;
    expect(cut).toMatchObject({ outcome: "provider_drift", exit: 4 });
    expect(cut?.hint).toContain("its refresh token is safe");
    expect(world.output()).toBe(old);
    expect((await world.refresh()).results).toMatchObject([{ outcome: "refreshed", generation: 3 }]);
    expect(await world.outputWorks()).toBe(true);
    expect([...world.sandbox.authorizationServer.refreshRequests().values()]).toEqual([1, 1]);
  });

  it("on the wire is kept as far as it came, or is ambiguous", async () => {
    const world = await World.authorized();
    world.sandbox.authorizationServer.faults.fail("token", { kind: "truncate_answer" });
    const [result] = (await world.refresh({ when: "forced" })).results;
    expect(["refreshed", "ambiguous"]).toContain(result?.outcome);
    expect([...world.sandbox.authorizationServer.refreshRequests().values()]).toEqual([1]);
  });

  it("without any token leaves no box that could be replayed over the envelope", async () => {
    const disk = new MemoryDisk();
    const world = await lost(answering(200, '{"access_tok'), { disk });
    const before = world.envelope();
    expect(disk.boxes.size).toBe(0);
    expect((await world.recover({ disk })).results).toMatchObject([{ outcome: "ambiguous" }]);
    expect(world.envelope()).toBe(before);
  });
});

test("a request that provably never left is sent again, and its intent given back when that does not help", async () => {
  const world = await World.authorized();
  const before = world.entry();
  let tries = 0;
  const http = {
    send: async () => {
      tries += 1;
      return { kind: "not_sent", reason: "refused" } as const;
    },
  };
  const report = await world.refresh({ when: "forced", ports: { http } });
  expect(report).toMatchObject({ exit: 3, results: [{ outcome: "transient" }] });
  expect(tries).toBe(3);
  expect(world.entry()).toEqual({
    ...before,
    issued: 2,
    error: { class: "transient", code: "not_sent_refused" },
  });
  expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
});
