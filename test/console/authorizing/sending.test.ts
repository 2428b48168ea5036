import { describe, expect, it } from "vitest";
import { Secret } from "../../../src/secret.ts";
import { ALLOW_ALL } from "../../../src/sandbox/scripted-person.ts";
import { NO_SECRETS, PAGE, Scene } from "./scene.ts";

const PATH = "credentials/oura.yaml";
const EVIL = "evil.example/hooks/7";

/** Where the sandbox takes client secrets. */
function placesOf(scene: Scene): string {
  const { authorization_server: at } = scene.world.world.sandbox.addresses;
  const all = [at.token_endpoint, at.device_authorization_endpoint, at.revocation_endpoint];
  return all.join(", ").replaceAll("http://", "");
}

/** The file with another token endpoint, as a checkout of another branch may bring it. */
function turned(scene: Scene, tokenEndpoint = `https://${EVIL}`): void {
  const text = scene.world.read(PATH);
  scene.world.write(PATH, text.replace(/token_endpoint: .*/, `token_endpoint: ${tokenEndpoint}`));
}

const CATALOGUED = `version: 1
name: oura
provider: oura
grant: authorization_code
client: { id: abcdefgh, secret: OURA_CLIENT_SECRET }
scopes: [heartrate]
outputs: { RING_ACCESS_TOKEN: access_token }
redirect_uri: http://localhost:8484/callback
`;

describe("a client secret among the variables of the console", () => {
  it("is named with the addresses that it goes to, before anything is sent", async () => {
    const scene = await Scene.open();
    expect(await scene.look()).toContain(
      `The client secret OURA_CLIENT_SECRET is read from the variables of this console and sent to ${placesOf(scene)}.`,
    );
  });

  it("goes to a host that only the file names when the person has ticked that, and not before", async () => {
    const scene = await Scene.open();
    expect(await scene.look()).toMatch(/<input type="checkbox" name="sending" value="[^"]+" required=""/);
    const unticked = await scene.press([["sending", ""]]);
    expect(unticked.status).toBe(422);
    expect(unticked.text).toContain("Tick this if it is right. Nothing was sent.");
    expect((await scene.press([["sending", "on"]])).status).toBe(409);
    expect(scene.world.console.operations.all).toEqual([]);
    expect(scene.server.log).toEqual([]);
    expect((await scene.press()).status).toBe(303);
    await fetch(await scene.decide(ALLOW_ALL));
    expect(await scene.ended()).toContain("oura is authorized.");
  });

  it("goes nowhere by a tick for what the file said before", async () => {
    const scene = await Scene.open();
    const before = await scene.tick();
    turned(scene);
    const { status, text } = await scene.press(before);
    expect(status).toBe(409);
    expect(text).toContain("Nothing was sent");
    expect(text).toContain(`sent to ${EVIL}, `);
  });

  it("is nobody's to allow where the catalogue names the host, and told all the same", async () => {
    const scene = await Scene.open();
    scene.world.write(PATH, CATALOGUED);
    const text = await scene.look();
    expect(text).toContain("and sent to moi.ouraring.com.");
    expect(text).not.toContain('type="checkbox"');
  });

  it("may go to wherever the issuer says, where the file leaves that to it", async () => {
    const scene = await Scene.open();
    const { issuer } = scene.world.world.sandbox.addresses.authorization_server;
    scene.world.write(PATH, scene.world.read(PATH).replace(/ {2}token_endpoint: .*\n/, ""));
    expect(await scene.look()).toContain(`, or where ${issuer} says.`);
  });

  it("is asked about where an issuer that nobody knows may name more than the file's known addresses", async () => {
    const scene = await Scene.open();
    const [known, issuer] = ["https://moi.ouraring.com/oauth/v2/ext/oauth-token", "https://evil.example"];
    const client = "client: { id: abcdefgh, secret: OURA_CLIENT_SECRET }";
    const provider = `{ issuer: ${issuer}, token_endpoint: ${known}, rotation: single_use }`;
    scene.world.write(
      PATH,
      CATALOGUED.replace("provider: oura", `provider: ${provider}`).replace(/client: .*/, client),
    );
    const text = await scene.look();
    expect(text).toContain("or where https://evil.example says");
    expect(text).toContain('type="checkbox"');
  });

  it("is not sent where one is typed in its place", async () => {
    const scene = await Scene.open();
    await scene.press([["client_secret", scene.clientSecret]]);
    await scene.address();
    await scene.press([], `${PAGE}/cancel`);
    expect(await scene.ended()).not.toContain('type="checkbox"');
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
    const ended = await scene.ended();
    expect(ended).toContain('type="hidden" name="sending"');
    const before = scene.world.read(PATH);
    const { token_endpoint } = scene.world.world.sandbox.addresses.authorization_server;
    const tenant = token_endpoint.replace(/\/[^/]*$/, "/tenant-of-somebody-else/token");
    for (const elsewhere of [`https://${EVIL}`, tenant]) {
      turned(scene, elsewhere);
      const named = elsewhere.replace(/^https?:\/\//, "");
      expect(await scene.look()).toContain(`as it was typed in this console before, is sent to ${named}, `);
      const { status, text } = await scene.press([["sending", ""]]);
      expect(status).toBe(422);
      expect(text).toContain(`<code>OURA_CLIENT_SECRET</code> is meant for <code>${named}, `);
    }
    scene.world.write(PATH, before);
    expect(await scene.look()).toContain('type="hidden" name="sending"');
    expect((await scene.press()).status).toBe(303);
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

describe("a client secret that is being typed", () => {
  it("has beside it, and in what will happen, to whom it is sent", async () => {
    const scene = await Scene.open({}, NO_SECRETS);
    turned(scene);
    const inline = await scene.look();
    expect(inline).toContain(`The client secret OURA_CLIENT_SECRET that you type is sent to ${EVIL}, `);
    expect(inline).toContain(`<code>OURA_CLIENT_SECRET</code> is meant for <code>${EVIL}, `);
    scene.world.write(PATH, CATALOGUED);
    const known = await scene.look();
    expect(known).toContain("It is sent to <code>moi.ouraring.com</code>");
    expect(known).not.toContain('type="checkbox"');
  });

  it("goes to a host that only the file names by a tick, and is not kept without one", async () => {
    const scene = await Scene.open({}, NO_SECRETS);
    const typed = ["client_secret", scene.clientSecret] as const;
    const { status, text } = await scene.press([typed, ["sending", ""]]);
    expect(status).toBe(422);
    expect(text).toContain("Tick this if it is right. Nothing was sent.");
    expect(text).not.toContain(scene.clientSecret);
    expect(scene.world.console.typed.size).toBe(0);
    expect((await scene.press([typed])).status).toBe(303);
    await fetch(await scene.decide(ALLOW_ALL));
    expect(await scene.ended()).toContain("oura is authorized.");
  });

  it("goes to nobody where the file says something else than the page did, known or not", async () => {
    const scene = await Scene.open({}, NO_SECRETS);
    const good = scene.world.read(PATH);
    const typed = ["client_secret", scene.clientSecret] as const;
    for (const [before, after] of [
      [good, good.replace(/token_endpoint: .*/, `token_endpoint: https://${EVIL}`)],
      [CATALOGUED, good],
      [good, CATALOGUED],
      [good, good.replace("OURA_CLIENT_SECRET", "OTHER_SECRET")],
    ] as const) {
      scene.world.write(PATH, before);
      const shown = await scene.tick();
      scene.world.write(PATH, after);
      const { status, text } = await scene.press([typed, ...shown]);
      expect(status).toBe(409);
      expect(text).toContain("The credential’s file has changed since the page was opened. Nothing was sent");
      expect(scene.world.console.typed.size).toBe(0);
    }
    expect(scene.world.console.operations.all).toEqual([]);
  });

  it("is asked for in a form that is another one for others: what was typed and ticked goes with the old", async () => {
    const scene = await Scene.open({}, NO_SECRETS);
    const formId = (text: string) => /<form id="(sending-[0-9a-f]{64})"/.exec(text)?.[1];
    const before = formId(await scene.look());
    expect(before).toBeDefined();
    scene.world.write(PATH, scene.world.read(PATH).replace("scopes: [personal, ", "scopes: ["));
    expect(formId(await scene.look())).toBe(before);
    turned(scene);
    expect(formId(await scene.look())).not.toBe(before);
  });

  it("is not the client id: that would be hidden in every page", async () => {
    const scene = await Scene.open({}, NO_SECRETS);
    const { status, text } = await scene.press([["client_secret", "console-client"]]);
    expect(status).toBe(400);
    expect(text).toContain("This is the client id, not its secret");
    expect(text).toContain('aria-invalid="true"');
    expect(scene.world.console.typed.size).toBe(0);
    expect((await scene.world.get("/credentials/oura/edit")).text).toContain('value="console-client"');
  });
});
