import { expect, test } from "vitest";
import { revoke } from "../../src/commands/revoke.ts";
import { Secret } from "../../src/secret.ts";
import { World } from "../support/world.ts";
import type { JobOptions } from "../support/world.ts";
import { applied, planIn } from "../support/console-plan.ts";
import { ConsoleWorld } from "../support/console-world.ts";
import type { Visited } from "../support/console-world.ts";

const TOKEN = "github_pat_<typed>_by_a_person";

/** Of a repository with an authorized credential, and no token for its workflow; nothing is at hand. */
async function authorized(): Promise<ConsoleWorld> {
  const secrets = { read: () => undefined };
  const opened = await ConsoleWorld.on(await World.authorized(), {}, { ports: { secrets } });
  opened.declare({ name: "oura" });
  return opened;
}

async function type(opened: ConsoleWorld, fields: Readonly<Record<string, string>>): Promise<Visited> {
  const plan = planIn(await opened.get("/plan"));
  const answer = await opened.post("/plan/secrets", [["plan", plan], ...Object.entries(fields)]);
  expect(answer.headers.get("location")).toBe("/plan");
  return opened.get("/plan");
}

function held({ world }: ConsoleWorld, name: string): string | undefined {
  return world.sandbox.github.revealSecret(world.store, name);
}

test("the workflow's token is asked for with the permissions that it needs, and sealed when it is typed", async () => {
  const opened = await authorized();
  const asking = (await opened.get("/plan")).text;
  expect(asking).toContain('type="password" id="secret-SEALRING_GITHUB_TOKEN"');
  expect(asking).toContain("target_name=acme&amp;environments=write&amp;secrets=write");
  const page = await type(opened, { "secret:SEALRING_GITHUB_TOKEN": ` ${TOKEN}\n` });
  expect(page.text).toContain(
    "SEALRING_GITHUB_TOKEN in environment sealring of acme/health-pipeline, given here",
  );
  expect(page.text).not.toContain('name="secret:SEALRING_GITHUB_TOKEN"');
  const after = await applied(opened, page);
  expect(held(opened, "SEALRING_GITHUB_TOKEN")).toBe(TOKEN);
  for (const { text } of [page, after, await opened.get("/plan")]) {
    expect(text).not.toContain("by_a_person");
    expect(text).not.toContain(encodeURIComponent(TOKEN));
  }
  expect(opened.console.typed.size).toBe(0);
});

test("that the console's own token becomes the workflow's is said above the button", async () => {
  const words = "The token that this console was started with becomes the workflow’s";
  const { github } = (await World.authorized()).sandbox.addresses;
  const read = (name: string) => (name === "SEALRING_GITHUB_TOKEN" ? new Secret(github.token) : undefined);
  const opened = await ConsoleWorld.on(await World.authorized(), {}, { ports: { secrets: { read } } });
  opened.declare({ name: "oura" });
  expect((await opened.get("/plan")).text).toContain(words);
  const typing = await authorized();
  const page = await type(typing, { "secret:SEALRING_GITHUB_TOKEN": TOKEN });
  expect(page.text).not.toContain(words);
});

test("a client secret that nobody has at hand may be typed as well, and is kept for the next authorization", async () => {
  const opened = await authorized();
  await opened.world.connect().stores.delete(opened.world.store, "OURA_CLIENT_SECRET");
  expect((await opened.get("/plan")).text).toContain("Client secret of oura</label>");
  const page = await type(opened, { "secret:OURA_CLIENT_SECRET": "s3cret-of-the-client" });
  await applied(opened, page);
  expect(held(opened, "OURA_CLIENT_SECRET")).toBe("s3cret-of-the-client");
  expect([...opened.console.typed.keys()]).toEqual(["OURA_CLIENT_SECRET"]);
});

test("a client id that is typed as its secret is not kept, and that is said", async () => {
  const opened = await authorized();
  await opened.world.connect().stores.delete(opened.world.store, "OURA_CLIENT_SECRET");
  const plan = planIn(await opened.get("/plan"));
  const id = /^ *id: (\S+)/m.exec(opened.read("credentials/oura.yaml"))?.[1] ?? "";
  const { status, text } = await opened.post("/plan/secrets", [
    ["plan", plan],
    ["secret:OURA_CLIENT_SECRET", id],
    ["secret:SEALRING_GITHUB_TOKEN", TOKEN],
  ]);
  expect(status).toBe(422);
  expect(text).toContain("OURA_CLIENT_SECRET: this is the client id, not its secret");
  expect(text).toContain('name="secret:OURA_CLIENT_SECRET"');
  expect([...opened.console.typed.keys()]).toEqual(["SEALRING_GITHUB_TOKEN"]);
  expect((await opened.get("/credentials/oura/edit")).text).toContain(`value="${id}"`);
});

test("a token that was typed is kept where an apply meets a faulty file", async () => {
  const opened = await authorized();
  const page = await type(opened, { "secret:SEALRING_GITHUB_TOKEN": TOKEN });
  opened.write("credentials/oura.yaml", "version: 1\nname: oura\n");
  expect((await applied(opened, page)).text).toContain("The declarations have faults.");
  expect(opened.console.typed.size).toBe(1);
});

test("what was typed wrong is forgotten at a click, and asked for again", async () => {
  const opened = await authorized();
  await type(opened, { "secret:SEALRING_GITHUB_TOKEN": TOKEN });
  await opened.post("/plan/forget", [["secret", "SEALRING_GITHUB_TOKEN"]]);
  expect((await opened.get("/plan")).text).toContain('name="secret:SEALRING_GITHUB_TOKEN"');
});

test("a form brings in no secret that its page did not ask for, and no empty one", async () => {
  const opened = await authorized();
  await type(opened, {
    "secret:SEALRING_CREDENTIAL_OURA": "forged",
    "secret:OURA_CLIENT_SECRET": "is there",
    "secret:SEALRING_GITHUB_TOKEN": "  ",
  });
  expect(opened.console.typed.size).toBe(0);
});

test("what was typed after a plan was shown is another state: the older plan is not applied", async () => {
  const opened = await authorized();
  const before = await opened.get("/plan");
  await type(opened, { "secret:SEALRING_GITHUB_TOKEN": TOKEN });
  expect((await applied(opened, before)).text).toContain("the variables that are set here");
  expect(held(opened, "SEALRING_GITHUB_TOKEN")).toBeUndefined();
});

test("the client secret that a revocation has removed is not added again, nor asked for", async () => {
  const plans = async (ports: NonNullable<JobOptions["ports"]>) => {
    const world = await World.authorized();
    await world.within({}, (job) => revoke(job.ports, "oura"));
    const opened = await ConsoleWorld.on(world, {}, { ports });
    opened.declare({ name: "oura" });
    expect(held(opened, "OURA_CLIENT_SECRET")).toBeUndefined();
    return (await opened.get("/plan")).text;
  };
  for (const ports of [{}, { secrets: { read: () => undefined } }]) {
    const text = await plans(ports);
    expect(text).toContain("Secrets that only you have");
    expect(text).not.toContain("OURA_CLIENT_SECRET in environment");
    expect(text).not.toContain("secret:OURA_CLIENT_SECRET");
  }
});
