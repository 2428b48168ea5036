import { describe, expect, it } from "vitest";
import { Secret } from "../../../src/secret.ts";
import { declarationOf } from "../../support/declarations.ts";
import { ALLOW_ALL } from "../../../src/sandbox/scripted-person.ts";
import { NO_SECRETS, PAGE, Scene } from "./scene.ts";

/** Where the sandbox takes client secrets. */
function hostOf(scene: Scene): string {
  return new URL(scene.world.world.sandbox.addresses.authorization_server.issuer).host;
}

describe("a client secret among the variables of the console", () => {
  it("is named with the host that it goes to, before anything is sent", async () => {
    const scene = await Scene.open();
    expect(await scene.look()).toContain(
      `The client secret OURA_CLIENT_SECRET is read from the variables of this console and sent to ${hostOf(scene)}.`,
    );
  });

  it("goes to a host that only the file names when the person has ticked that, and not before", async () => {
    const scene = await Scene.open();
    expect(await scene.look()).toMatch(/<input type="checkbox" name="sending" value="[^"]+" required=""/);
    const other = `OURA_CLIENT_SECRET ${hostOf(scene)}.example`;
    for (const sent of ["", "on", other]) {
      const { status, text } = await scene.press([["sending", sent]]);
      expect(status).toBe(422);
      expect(text).toContain("Nothing was sent.");
    }
    expect(scene.world.console.operations.all).toEqual([]);
    expect(scene.server.log).toEqual([]);
    expect((await scene.press()).status).toBe(303);
    await fetch(await scene.decide(ALLOW_ALL));
    expect(await scene.ended()).toContain("oura is authorized.");
  });

  it("goes nowhere by a tick for what the file said before", async () => {
    const scene = await Scene.open();
    const before = await scene.tick();
    const { authorization_server: at } = scene.world.world.sandbox.addresses;
    const tokenEndpoint = "https://evil.example/token";
    scene.world.write("credentials/oura.yaml", declarationOf(at, { name: "oura", tokenEndpoint }));
    expect((await scene.press(before)).status).toBe(422);
    expect(await scene.look()).toContain("sent to evil.example, ");
  });

  it("is nobody's to allow where the catalogue names the host, and told all the same", async () => {
    const scene = await Scene.open();
    const client = "client: { id: abcdefgh, secret: OURA_CLIENT_SECRET }";
    const lines = ["version: 1", "name: oura", "provider: oura", "grant: authorization_code", client];
    const rest = ["scopes: [heartrate]", "outputs: { RING_ACCESS_TOKEN: access_token }"];
    const redirect = "redirect_uri: http://localhost:8484/callback";
    scene.world.write("credentials/oura.yaml", [...lines, ...rest, redirect, ""].join("\n"));
    const text = await scene.look();
    expect(text).toContain("and sent to moi.ouraring.com.");
    expect(text).not.toContain('name="sending"');
  });

  it("may go to wherever the issuer says, where the file leaves that to it", async () => {
    const scene = await Scene.open();
    const { issuer } = scene.world.world.sandbox.addresses.authorization_server;
    scene.world.write(
      "credentials/oura.yaml",
      scene.world.read("credentials/oura.yaml").replace(/ {2}token_endpoint: .*\n/, ""),
    );
    expect(await scene.look()).toContain(`sent to ${hostOf(scene)}, or where ${issuer} says.`);
  });

  it("is not sent where one is typed in its place", async () => {
    const scene = await Scene.open();
    await scene.press([["client_secret", scene.clientSecret]]);
    await scene.address();
    await scene.press([], `${PAGE}/cancel`);
    expect(await scene.ended()).not.toContain('name="sending"');
    scene.world.world.clock.passSeconds(3_601);
    const text = await scene.look();
    expect(text).toContain("What will happen");
    expect(text).not.toContain("variables of this console");
  });
});

describe("a client secret that was typed", () => {
  it("goes to nobody but those for whom it was typed without a tick, however the file is changed", async () => {
    const scene = await Scene.open({}, NO_SECRETS);
    await scene.press([["client_secret", scene.clientSecret]]);
    await scene.address();
    await scene.press([], `${PAGE}/cancel`);
    expect(await scene.ended()).not.toContain('name="sending"');
    const path = "credentials/oura.yaml";
    const before = scene.world.read(path);
    const elsewhere = before.replace(/token_endpoint: .*/, "token_endpoint: https://evil.example/token");
    scene.world.write(path, elsewhere);
    expect(await scene.look()).toContain("as it was typed in this console before, is sent to evil.example, ");
    const { status, text } = await scene.press([["sending", ""]]);
    expect(status).toBe(422);
    expect(text).toContain("<code>OURA_CLIENT_SECRET</code> is meant for <code>evil.example, ");
    scene.world.write(path, before);
    expect((await scene.press([["sending", ""]])).status).toBe(303);
    await fetch(await scene.decide(ALLOW_ALL));
    expect(await scene.ended()).toContain("oura is authorized.");
  });

  it("into the plan, for no credential's recipients, goes to a host that only a file names by a tick", async () => {
    const scene = await Scene.open({}, NO_SECRETS);
    const { typed } = scene.world.console;
    typed.set("OURA_CLIENT_SECRET", new Secret(scene.clientSecret));
    expect((await scene.press([["sending", ""]])).status).toBe(422);
    expect((await scene.press()).status).toBe(303);
    await fetch(await scene.decide(ALLOW_ALL));
    expect(await scene.ended()).toContain("oura is authorized.");
  });
});
