import { describe, expect, it } from "vitest";
import { ALLOW_ALL } from "../../../src/sandbox/scripted-person.ts";
import { answering, anyOfJournal, DOWN, putOf } from "../../support/misfortunes.ts";
import { envelopeName } from "../../support/world.ts";
import { NO_SECRETS, Scene } from "./scene.ts";

describe("what goes wrong is told with what to do here", () => {
  it("a provider that is down", async () => {
    const scene = await Scene.open();
    scene.server.faults.fail("token", answering(503));
    await scene.press();
    await fetch(await scene.decide(ALLOW_ALL));
    const text = await scene.ended();
    expect(text).toContain("the provider granted nothing");
    expect(text).toContain("try again");
    expect(text).not.toContain("sealring authorize");
    expect(text).toContain('<li class="authorize-step-failed">');
  });

  it("GitHub that is down keeps the person from being asked", async () => {
    const scene = await Scene.open();
    const { github } = scene.world.world.sandbox;
    github.faults.fail(anyOfJournal, DOWN, Infinity);
    await scene.press();
    expect(await scene.ended()).toContain("Try again</button>");
    expect(scene.server.log).toEqual([]);
  });

  it("tokens that wait on this machine lead to their recovery", async () => {
    const scene = await Scene.open();
    scene.world.world.sandbox.github.faults.fail(putOf(envelopeName("oura")), DOWN, Infinity);
    await scene.press();
    await fetch(await scene.decide(ALLOW_ALL));
    const text = await scene.ended();
    expect(text).toContain("the store did not take its tokens");
    expect(text).toContain('href="/credentials/oura/recover"');
  });

  it("a destination that took nothing is named, and that the next run writes it", async () => {
    const scene = await Scene.open({}, NO_SECRETS);
    scene.world.world.sandbox.github.faults.fail(putOf("OURA_ACCESS_TOKEN"), answering(403), Infinity);
    await scene.press([["client_secret", scene.clientSecret]]);
    await fetch(await scene.decide(ALLOW_ALL));
    const text = await scene.ended();
    expect(text).toMatch(/badge-bad">[a-z ]+<\/span> <code>OURA_ACCESS_TOKEN</);
    expect(text).toContain("next run writes them");
    // Whoever tries again is not asked for it again.
    expect(scene.world.console.typed.size).toBe(1);
  });

  it("something else that goes on for the credential is to be watched first", async () => {
    const scene = await Scene.open();
    const { operations } = scene.world.console;
    let over: () => void = () => undefined;
    const held = new Promise<never>((_, reject) => {
      over = () => {
        reject(new Error("over"));
      };
    });
    const { id } = operations.start({ kind: "refresh", credential: "oura" }, () => held);
    expect(await scene.look()).toContain(`href="/operations/${id}"`);
    const pressed = await scene.press();
    expect(pressed.status).toBe(409);
    expect(pressed.text).toContain(`href="/operations/${id}"`);
    expect(operations.all).toHaveLength(1);
    over();
  });
});

describe("a client secret that is not at hand", () => {
  it("is asked for, sealed to GitHub, shown nowhere and forgotten", async () => {
    const scene = await Scene.open({}, NO_SECRETS);
    expect(await scene.look()).toContain('type="password"');
    await scene.press([["client_secret", ` ${scene.clientSecret} `]]);
    await fetch(await scene.decide(ALLOW_ALL));
    expect(await scene.ended()).toContain("oura is authorized.");
    const { github } = scene.world.world.sandbox;
    expect(github.revealSecret(scene.world.world.store, "OURA_CLIENT_SECRET")).toBe(scene.clientSecret);
    expect(scene.world.console.typed.size).toBe(0);
    expect(scene.seen.join("\n")).not.toContain(scene.clientSecret);
  });

  it("is not gone on without", async () => {
    const scene = await Scene.open({}, NO_SECRETS);
    const { status, text } = await scene.press([["client_secret", "  "]]);
    expect(status).toBe(400);
    expect(text).toContain('aria-invalid="true"');
    expect(text).toContain("The client secret is needed.");
    expect(scene.world.console.operations.all).toEqual([]);
  });

  it("is asked for again where the provider refuses it, also in place of one in the environment", async () => {
    for (const more of [NO_SECRETS, {}]) {
      const scene = await Scene.open({}, more);
      await scene.press([["client_secret", "a-wrong-client-secret"]]);
      await fetch(await scene.decide(ALLOW_ALL));
      const text = await scene.ended();
      expect(text).toContain('type="password"');
      expect(text).toContain("compare client.id and the client secret");
      expect(text).toContain("The service does not accept this client id and secret.");
      expect(scene.world.console.typed.size).toBe(0);
      await scene.press([["client_secret", scene.clientSecret]]);
      await fetch(await scene.decide(ALLOW_ALL));
      expect(await scene.ended()).toContain("oura is authorized.");
      expect(scene.seen.join("\n")).not.toMatch(/a-wrong-client-secret/);
    }
  });
});

describe("a refusal of something else than the client", () => {
  it("says nothing of the client secret, and keeps the one that was typed", async () => {
    const scene = await Scene.open({}, NO_SECRETS);
    scene.server.faults.fail("token", answering(400, '{"error":"invalid_scope"}'));
    await scene.press([["client_secret", scene.clientSecret]]);
    await fetch(await scene.decide(ALLOW_ALL));
    const text = await scene.ended();
    expect(text).toContain("(invalid_scope)");
    expect(text).not.toContain("refused. Leave this empty");
    expect(text).not.toContain("does not accept");
    expect(text).not.toContain('type="password"');
    await scene.press();
    await fetch(await scene.decide(ALLOW_ALL));
    expect(await scene.ended()).toContain("oura is authorized.");
  });

  it("is told from one of the client in the device grant as well", async () => {
    for (const [error, isClient] of [
      ["invalid_client", true],
      ["unauthorized_client", false],
    ] as const) {
      const scene = await Scene.open({ grant: "device_code" }, NO_SECRETS);
      scene.server.faults.fail("device_authorization", answering(400, JSON.stringify({ error })));
      await scene.press([["client_secret", scene.clientSecret]]);
      const text = await scene.ended();
      expect(text).toContain(`(${error})`);
      expect(text.includes("does not accept this client id and secret")).toBe(isClient);
      expect(scene.world.console.typed.size).toBe(isClient ? 0 : 1);
    }
  });

  it("of a public client asks for no secret", async () => {
    const scene = await Scene.open();
    const path = "credentials/oura.yaml";
    scene.world.write(path, scene.world.read(path).replace(/^ *secret: .*\n/m, ""));
    scene.server.faults.fail("token", answering(401, '{"error":"invalid_client"}'));
    await scene.press();
    await fetch(await scene.decide(ALLOW_ALL));
    const text = await scene.ended();
    expect(text).toContain("The service does not accept this client id.");
    expect(text).not.toContain("Paste the secret");
  });
});

describe("a file that is changed", () => {
  const change = (scene: Scene) => {
    const path = "credentials/oura.yaml";
    scene.world.write(path, scene.world.read(path).replace("scopes: [personal, ", "scopes: ["));
  };

  it("after a failure has the page begin anew, with the failure folded", async () => {
    const scene = await Scene.open();
    scene.server.faults.fail("token", answering(400, '{"error":"invalid_scope"}'));
    await scene.press();
    await fetch(await scene.decide(ALLOW_ALL));
    expect(await scene.ended()).not.toContain("What will happen");
    expect(scene.world.world.history().at(-1)).toBe("oura: gives up its authorize (1, invalid_scope)");
    change(scene);
    expect(await scene.look()).toMatch(/What will happen.*<details><summary>How it went before/s);
  });

  it("after a success has the page begin anew, and says what was granted of what was asked for then", async () => {
    const scene = await Scene.open();
    await scene.press();
    await fetch(await scene.decide(ALLOW_ALL));
    await scene.ended();
    const path = "credentials/oura.yaml";
    scene.world.write(path, scene.world.read(path).replace("scopes: [", "scopes: [workout, "));
    const text = await scene.look();
    expect(text).toMatch(/What will happen.*Authorize at .*<details><summary>How it went before/s);
    expect(text).toMatch(/badge-good">granted<\/span> <code>personal/);
    expect(text).not.toMatch(/<\/span> <code>workout/);
  });

  it("while the consent is waited for is said", async () => {
    const scene = await Scene.open();
    await scene.press();
    await scene.address();
    expect(await scene.look()).not.toContain("file has changed");
    change(scene);
    expect(await scene.look()).toContain("file has changed since this began");
    await scene.press([], "/credentials/oura/authorize/cancel");
    await scene.ended();
  });
});
