import { describe, expect, it } from "vitest";
import type { Clock } from "../../../src/ports.ts";
import { ALLOW_ALL, consentOnDevicePage } from "../../../src/sandbox/scripted-person.ts";
import { World } from "../../support/world.ts";
import { heldClock, PAGE, Scene } from "./scene.ts";

/** The link that a person opens in another tab or on another device. */
const ELSEWHERE = /<a href="([^"]+)" target="_blank" rel="noopener noreferrer">/;
const REDIRECT_URI = "https://app.example.com/done";

describe("an address that is pasted", () => {
  it("is taken where the provider takes no loopback address, and shown nowhere", async () => {
    const rotation = ["rotation: single_use", "loopback_redirect: https_only"];
    const scene = await Scene.at(await World.create(), REDIRECT_URI, { wanted: { rotation } });
    expect(await scene.look()).toContain("paste the address that the browser ends up at");
    await scene.press();
    const address = await scene.decide(ALLOW_ALL, ELSEWHERE);
    expect(await scene.look()).toContain(`<code>${REDIRECT_URI}</code>`);
    await scene.press([["address", `${address} `]], `${PAGE}/paste`);
    expect(await scene.ended()).toContain("oura is authorized.");
    const code = new URL(address).searchParams.get("code") ?? "";
    expect(code).not.toBe("");
    expect(scene.seen.join("\n")).not.toContain(code);
  });

  it("is another way where the browser is elsewhere; what is none is told, and asked for again", async () => {
    const scene = await Scene.open();
    await scene.press([["flow", "paste"]]);
    const address = await scene.decide(ALLOW_ALL, ELSEWHERE);
    await scene.press([["address", "https://evil.example/?code=1"]], `${PAGE}/paste`);
    expect(await scene.shows(/That is not it/)).toContain('name="address"');
    await scene.press([["address", address.replace(/state=[^&]+/, "state=other")]], `${PAGE}/paste`);
    await scene.shows(/belongs to another authorization/);
    await scene.press([["address", address]], `${PAGE}/paste`);
    expect(await scene.ended()).toContain("oura is authorized.");
  });

  it("is waited for as long as it takes to find another device", async () => {
    const world = await World.create();
    const rotation = ["rotation: single_use", "loopback_redirect: https_only"];
    const scene = await Scene.at(world, REDIRECT_URI, { wanted: { rotation } });
    world.clock.othersAreLate = true;
    await scene.press();
    expect(await scene.ended()).toContain("no address was pasted within 10m");
  });

  it("that nobody has asked for goes nowhere", async () => {
    const scene = await Scene.open();
    expect((await scene.press([["address", "http://localhost/"]], `${PAGE}/paste`)).status).toBe(303);
    expect(scene.world.console.operations.all).toEqual([]);
  });

  it("is waited for no longer when it is called off", async () => {
    const scene = await Scene.open();
    await scene.press([["flow", "paste"]]);
    await scene.shows(ELSEWHERE);
    await scene.press([], `${PAGE}/cancel`);
    expect(await scene.ended()).toContain("It was called off.");
  });
});

describe("a code for another device", () => {
  /** The first poll comes after so many seconds, the next one at `go`. */
  async function deviceScene(firstPollSeconds?: number) {
    const world = await World.create();
    const { clock, go } = heldClock(world.clock);
    let wait = firstPollSeconds;
    const sleep: Clock["sleep"] = async (milliseconds, signal) => {
      if (signal !== undefined || wait === undefined) return clock.sleep(milliseconds, signal);
      world.clock.passSeconds(wait);
      wait = undefined;
    };
    const scene = await Scene.on(world, { grant: "device_code" }, { clock: { ...clock, sleep } });
    await scene.press();
    const text = await scene.shows(/class="authorize-code"/);
    const code = /class="authorize-code">([^<]+)</.exec(text)?.[1] ?? "";
    const allow = async () => {
      const address = await scene.address();
      await consentOnDevicePage(scene.server.handler, `${address}?user_code=${code}`, ALLOW_ALL);
      go();
    };
    return { scene, code, allow, go };
  }

  it("is shown with its link, its end and a QR code, and brings the tokens", async () => {
    const { scene, code, allow } = await deviceScene();
    const text = await scene.look();
    expect(code).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    expect(text).toMatch(/<svg class="authorize-qr" role="img" aria-label="QR code of [^"]+"/);
    expect(text).toContain("2026-11-22 12:10 UTC");
    await allow();
    expect(await scene.ended()).toContain("oura is authorized.");
    expect(scene.seen.join("\n")).not.toMatch(/\b(?:access|refresh|device)_[A-Za-z0-9_-]{30}/);
  });

  it("is good for as long as the page says, and not only for as long as a browser has", async () => {
    const { scene, allow } = await deviceScene(360);
    await allow();
    expect(await scene.ended()).toContain("oura is authorized.");
  });

  it("is not asked about any more when it is called off", async () => {
    const { scene, go } = await deviceScene();
    await scene.press([], `${PAGE}/cancel`);
    expect(await scene.ended()).toContain("It was called off.");
    go();
    // A poll would have been sent before these, and they are answered.
    await scene.look();
    await fetch(scene.world.world.sandbox.addresses.authorization_server.verification_endpoint);
    expect(scene.server.log.filter(({ operation }) => operation === "token")).toEqual([]);
    expect(scene.world.world.entry()).toMatchObject({ intent: undefined });
  });
});

describe("a client of its own", () => {
  it("is called off no more once its token is asked for", async () => {
    const scene = await Scene.open({ grant: "client_credentials" });
    scene.server.faults.before("token", async () => {
      await scene.look();
      await scene.press([], `${PAGE}/cancel`);
    });
    await scene.press();
    await scene.world.console.operations.settled();
    expect(scene.seen.join("\n")).not.toContain(">Cancel</button>");
    expect(await scene.ended()).toContain("oura is authorized.");
  });

  it("gets its token with nobody's consent", async () => {
    const scene = await Scene.open({ grant: "client_credentials" });
    expect(await scene.look()).toContain("Nobody has to consent.");
    await scene.press();
    expect(await scene.ended()).toContain("oura is authorized.");
  });
});
