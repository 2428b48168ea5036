import { describe, expect, it } from "vitest";
import { answering } from "../support/misfortunes.ts";
import { World } from "../support/world.ts";

describe("an answer that counts", () => {
  it.each([
    ["invalid_grant", 400, "reauthorization_required", "invalid_grant"],
    ["invalid_client", 401, "client_misconfigured", "invalid_client"],
    ["unauthorized_client", 400, "client_misconfigured", "unauthorized_client"],
    ["something_new_and_secret", 400, "provider_drift", "unregistered_error"],
  ])("of %s ends requests until somebody authorizes again", async (wire, status, outcome, code) => {
    const world = await World.authorized();
    const body = JSON.stringify({ error: wire, error_description: "free text of the provider" });
    world.sandbox.authorizationServer.faults.fail("token", answering(status, body));
    const report = await world.refresh({ when: "forced" });
    expect(report).toMatchObject({ exit: 4, results: [{ outcome }] });
    expect(world.entry()).toMatchObject({
      phase: "reauthorization_required",
      intent: undefined,
      error: { class: outcome, code },
    });
    for (const when of ["due", "forced"] as const)
      expect((await world.refresh({ when })).results).toMatchObject([
        { outcome: "reauthorization_required" },
      ]);
    expect(world.refreshes()).toBe(1);
    expect(JSON.stringify([report, world.entry()])).not.toContain("free text");
    await world.authorize("oura");
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  it.each([
    [429, "", "rate_limited", "http_429"],
    [400, '{"error":"temporarily_unavailable"}', "transient", "temporarily_unavailable"],
  ])("of status %i that puts it off spends nothing", async (status, body, outcome, code) => {
    const world = await World.authorized();
    world.sandbox.authorizationServer.faults.fail("token", answering(status, body));
    expect(await world.refresh({ when: "forced" })).toMatchObject({ exit: 3, results: [{ outcome }] });
    expect(world.entry()).toMatchObject({ phase: "committed", intent: undefined, error: { code } });
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  it.each([
    [
      "invalid_grant that means later here",
      400,
      '{"error":"invalid_grant","error_description":"Inactive user"}',
    ],
    ["a status that means later here", 403, '{"message":"Too many refreshes"}'],
  ])("of %s is no lost one: nothing is spent", async (_, status, body) => {
    const errors = [
      "errors:",
      "  - { error: invalid_grant, description_contains: inactive user, means: transient }",
      "  - { status: 403, description_contains: too many, means: rate_limited }",
    ];
    const world = await World.authorized({ rotation: ["rotation: single_use", ...errors] });
    world.sandbox.authorizationServer.faults.fail("token", answering(status, body));
    expect(await world.refresh({ when: "forced" })).toMatchObject({ exit: 3 });
    expect(world.entry()).toMatchObject({ phase: "committed", intent: undefined });
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  it("of invalid_grant with status 200 is one", async () => {
    const world = await World.authorized();
    world.sandbox.authorizationServer.faults.fail("token", answering(200, '{"error":"invalid_grant"}'));
    const { results } = await world.refresh({ when: "forced" });
    expect(results).toMatchObject([{ outcome: "reauthorization_required" }]);
  });
});
