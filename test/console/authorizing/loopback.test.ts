import { describe, expect, it } from "vitest";
import { ALLOW_ALL } from "../../../src/sandbox/scripted-person.ts";
import { envelopeName, World } from "../../support/world.ts";
import { PAGE, Scene } from "./scene.ts";

describe("before a person authorizes", () => {
  it("the page says where the browser goes, what is asked for and which secrets are written", async () => {
    const scene = await Scene.open();
    const { text } = await scene.world.get(PAGE);
    expect(text).toContain(
      `Your browser goes to ${new URL(scene.world.world.sandbox.addresses.authorization_server.issuer).host}.`,
    );
    for (const each of [
      "personal",
      "daily",
      "heartrate",
      "OURA_ACCESS_TOKEN",
      "OURA_CLIENT_SECRET",
      envelopeName("oura"),
    ])
      expect(text).toContain(`<code>${each}</code>`);
    expect(text).toContain("In this browser");
    expect(text).not.toContain('type="password"');
  });

  it("a scope of the catalogue has its meaning", async () => {
    const scene = await Scene.open();
    const client = "client: { id: abcdefgh, secret: RING_CLIENT_SECRET }";
    const lines = ["version: 1", "name: ring", "provider: oura", "grant: authorization_code", client];
    const scopes = ["scopes: [heartrate]", "redirect_uri: http://localhost:8484/callback"];
    const outputs = ["outputs: { RING_ACCESS_TOKEN: access_token }", ""];
    scene.world.write("credentials/ring.yaml", [...lines, ...scopes, ...outputs].join("\n"));
    const { text } = await scene.world.get("/credentials/ring/authorize");
    expect(text).toMatch(/<code>heartrate<\/code>: [^<]{10}/);
    expect(text).toContain("Authorize at Oura Ring");
  });

  it("an environment that is missing is told, with the way to the plan", async () => {
    const scene = await Scene.open({ more: ["environment: elsewhere"] });
    const text = await scene.look();
    expect(text).toContain("has no environment elsewhere yet");
    expect(text).toContain('<a class="button main" href="/plan">');
    expect(text).not.toContain("<form");
  });

  it("a name that no file declares, or that is none, has no page", async () => {
    const scene = await Scene.open();
    for (const name of ["strava", "..%2foura", "Oura", "a".repeat(65)])
      expect((await scene.world.get(`/credentials/${name}/authorize`)).status).toBe(404);
    expect((await scene.press([], "/credentials/strava/authorize")).status).toBe(404);
    expect(scene.world.console.operations.all).toEqual([]);
  });

  it("faulty declarations are shown with their places", async () => {
    const scene = await Scene.open();
    scene.world.write("credentials/other.yaml", "version: 1\nname: other\n");
    const page = await scene.look();
    expect(page).toContain("this file has no `grant`");
    expect(page).toContain("Nothing is wrong with oura itself. It waits all the same");
    expect(page).toContain('href="/credentials/other/edit"');
    const other = await scene.world.get("/credentials/other/authorize");
    expect(other.text).not.toContain("Nothing is wrong");
    await scene.press();
    expect(scene.world.console.operations.all).toEqual([]);
  });
});

describe("a consent in the browser", () => {
  it("comes back, and the page tells what was granted, and which secrets were written", async () => {
    const scene = await Scene.open();
    const started = await scene.press();
    expect(started.status).toBe(303);
    expect(started.headers.get("location")).toMatch(new RegExp(`^${PAGE}\\?follow=[\\w-]+$`));
    const home = await fetch(await scene.decide(ALLOW_ALL));
    expect(await home.text()).toContain(`content="0;url=${scene.world.console.origin}/back/oura"`);
    const text = await scene.ended();
    expect(text).toContain("oura is authorized.");
    expect(text).toContain("The provider accepts the token.");
    expect(text.match(/badge-good">(?:granted|created)</g)).toHaveLength(6);
    expect(scene.world.world.entry()).toMatchObject({ phase: "committed", generation: 1 });
    expect(await scene.world.world.outputWorks()).toBe(true);
  });

  it("is followed by the script only where the person has just pressed the button", async () => {
    const scene = await Scene.open();
    const location = (await scene.press()).headers.get("location") ?? "";
    await scene.address();
    expect((await scene.world.get(location)).text).toContain("data-follow");
    expect((await scene.world.get(PAGE)).text).not.toContain("data-follow");
    expect((await scene.world.get(`${PAGE}?follow=other`)).text).not.toContain("data-follow");
  });

  it("that leaves a scope out says which, and what that means", async () => {
    const scene = await Scene.open();
    await scene.press();
    await fetch(await scene.decide({ kind: "allow", untick: ["heartrate"] }));
    const text = await scene.ended();
    expect(text).toMatch(/badge-bad">not granted<\/span> <code>heartrate/);
    expect(text).toContain("requests that need what was not granted are refused");
  });

  it("that is refused has spent nothing, and can be given after all", async () => {
    const scene = await Scene.open();
    await scene.press();
    const back = await fetch(await scene.decide({ kind: "deny" }));
    expect(await back.text()).toContain("/back/oura");
    const text = await scene.ended();
    expect(text).toContain("refused the authorization (access_denied)");
    expect(text).toContain("try again and allow the access");
    expect(text).toContain("Try again</button>");
    expect(scene.world.world.history()).toEqual([]);
    await scene.press();
    await fetch(await scene.decide(ALLOW_ALL));
    expect(await scene.ended()).toContain("oura is authorized.");
  });

  it("is asked for once, however many tabs and clicks there are", async () => {
    const scene = await Scene.open();
    await scene.look();
    await Promise.all([scene.press(), scene.press()]);
    const other = await scene.press();
    expect(other.headers.get("location")).toBe(PAGE);
    await fetch(await scene.decide(ALLOW_ALL));
    expect(await scene.ended()).toContain("oura is authorized.");
    expect(scene.world.console.operations.all).toHaveLength(1);
    expect(scene.server.log.filter(({ operation }) => operation === "authorization")).toHaveLength(1);
  });

  it("can be called off, and the port is free for the next", async () => {
    const scene = await Scene.open();
    await scene.press();
    const abandoned = await scene.address();
    await scene.press([], `${PAGE}/cancel`);
    expect(await scene.ended()).toContain("It was called off.");
    expect(scene.world.world.history()).toEqual([]);
    await scene.press();
    const fresh = await scene.address();
    expect(fresh).not.toBe(abandoned);
    await fetch(await scene.decide(ALLOW_ALL));
    expect(await scene.ended()).toContain("oura is authorized.");
  });
});

describe("when the console is closed", () => {
  it("a person who has not decided yet is not waited for", async () => {
    const scene = await Scene.open();
    await scene.press();
    await scene.address();
    scene.world.job.stop.abort();
    await scene.world.console.operations.settled();
    expect(scene.world.world.history()).toEqual([]);
  });

  it("what was granted is stored first", async () => {
    const scene = await Scene.open();
    scene.server.faults.before("token", () => scene.world.job.stop.abort());
    await scene.press();
    await fetch(await scene.decide(ALLOW_ALL));
    await scene.world.console.operations.settled();
    expect(scene.world.world.entry()).toMatchObject({ phase: "committed", generation: 1 });
    expect(await scene.world.world.outputWorks()).toBe(true);
  });
});

describe("the way back", () => {
  it("needs no session, leads to the page, and shows nothing of what it was asked with", async () => {
    const scene = await Scene.open();
    const asked = `${scene.world.console.origin}/back/oura?code=c0de&state=5tate&x=<script>`;
    const answer = await fetch(asked);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(text).toContain(`content="0;url=${PAGE}"`);
    for (const each of ["c0de", "5tate", "script", "acme", "form_token"]) expect(text).not.toContain(each);
    for (const name of ["Oura", "a.b", "%3Cb%3E", "a/b"])
      expect((await fetch(`${scene.world.console.origin}/back/${name}`)).status).toBe(403);
  });
});

describe("authorizing again", () => {
  it("is offered beside what the last one came to, for an hour", async () => {
    const world = await World.create();
    const scene = await Scene.on(world);
    await scene.press();
    await fetch(await scene.decide(ALLOW_ALL));
    expect(await scene.ended()).toContain("Authorize again</button>");
    world.clock.passSeconds(3_601);
    expect(await scene.look()).toContain("What will happen");
    await scene.press();
    await fetch(await scene.decide(ALLOW_ALL));
    await scene.ended();
    expect(world.entry()).toMatchObject({ generation: 2 });
  });
});
