import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ISSUER_PATH } from "../../src/sandbox/authorization-server/endpoint.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";
import { documentOf } from "../support/cli.ts";
import { ENVELOPES, World } from "../support/cli-world.ts";

const OPTIONS = ["--client-id", "4c1b7a", "--scopes", "daily,heartrate", "--name", "oura-2", "--yes"];

/** Lines that could have been shorter: an address cannot. */
function tooWide(text: string): readonly string[] {
  return text.split("\n").filter((line) => line.length > 80 && !/https:\S{40}/.test(line));
}

it.concurrent("init, then add by options alone: the files are valid, and nothing is asked", async (test) => {
  const world = await World.forTest(test);
  const repository = join(world.directory, "repository");
  const first = await world.run(["init"]);
  expect(first).toMatchObject({ exit: 0, stderr: "" });
  expect(documentOf(await world.run(["init", "--json"]))).toMatchObject({
    ok: true,
    results: [{ file: "sealring.yaml", outcome: "kept" }],
  });
  const ended = await world.run(["add", "oura", "--no-input", ...OPTIONS]);
  expect(ended.exit).toBe(0);
  expect(ended.stdout).toContain("sealring authorize oura-2");
  expect(tooWide(first.stdout + ended.stdout + ended.stderr)).toEqual([]);
  expect(await world.run(["validate"])).toMatchObject({ exit: 0, stdout: "3 files checked: no faults\n" });
  expect(readFileSync(join(repository, "credentials", "oura-2.yaml"), "utf8")).toContain(
    "OURA_2_ACCESS_TOKEN: access_token",
  );
  const again = await world.run(["add", "oura", "--no-input", ...OPTIONS]);
  expect(again.exit).toBe(2);
  expect(again.stderr).toContain("credentials/oura-2.yaml is there already");
});

it.concurrent("every option ends up in the file", async (test) => {
  const world = await World.forTest(test);
  const ended = await world.run([
    ...["add", "zendesk", "--yes", "--client-id", "id", "--scopes", "read", "--name", "desk", "--public"],
    ...["--description", "Tickets", "--owner", "@acme/help", "--parameter", "subdomain=acme"],
    ...["--grant", "authorization_code", "--redirect-uri", "http://localhost:9999/cb"],
    ...["--output", "DESK=access_token", "DESK_END=expires_at", "--environment", "sealring-2"],
    ...["--destination", "acme/dashboards:prod", "--destination", "acme/app", "--json"],
  ]);
  expect(documentOf(ended)).toEqual({
    command: "add",
    ok: true,
    results: [
      {
        ...{ credential: "desk", file: "credentials/desk.yaml", outcome: "added" },
        ...{ client_secret: null, authorization: null },
      },
    ],
    faults: [],
  });
  const text = readFileSync(join(world.directory, "repository", "credentials", "desk.yaml"), "utf8");
  const told = text
    .split("\n")
    .map((line) => line.replace(/(?:^| )#.*/, ""))
    .filter((line) => line !== "");
  expect(told).toEqual([
    ...["version: 1", "name: desk", "description: Tickets", 'owner: "@acme/help"', "provider: zendesk"],
    ...["provider_parameters:", "  subdomain: acme", "grant: authorization_code", "client:", "  id: id"],
    ...["scopes: [read]", "redirect_uri: http://localhost:9999/cb", "outputs:", "  DESK: access_token"],
    ...["  DESK_END: expires_at", "destinations:", "  - repository: acme/dashboards"],
    ...["    environment: prod", "  - repository: acme/app", "environment: sealring-2"],
  ]);
});

it.concurrent(
  "the client secret of a variable is sealed and written nowhere, and what is added can be authorized",
  async (test) => {
    const world = await World.forTest(test);
    const issuer = new URL(world.verificationEndpoint).origin + ISSUER_PATH;
    const [redirectUri = ""] = world.client.redirectUris;
    const env = { ...world.person(), SLEEP_CLIENT_SECRET: CANARIES.clientSecret };
    const line = ["add", issuer, "--yes", "--name", "sleep", "--client-id", world.client.id];
    const added = await world.run([...line, "--redirect-uri", redirectUri, "--scopes", "extapi:daily"], env);
    expect(added.exit).toBe(0);
    expect(added.stdout).toContain("SLEEP_CLIENT_SECRET is sealed");
    expectNoCanary(added.stdout + added.stderr);
    expect(world.github.revealSecret(ENVELOPES, "SLEEP_CLIENT_SECRET")).toBe(CANARIES.clientSecret);
    const authorized = documentOf(await world.run(["authorize", "sleep", "--json"], env));
    expect(authorized).toMatchObject({ ok: true, results: [{ credential: "sleep", generation: 1 }] });
  },
);

it.concurrent("a fault of a file that is not written ends with that", async (test) => {
  const world = await World.forTest(test);
  const ended = await world.run(["add", "oura", "--client-id", "a", "--scopes", "dayly", "--yes"]);
  expect(ended.exit).toBe(2);
  expect(ended.stderr).toContain("did you mean `daily`?");
  expect(ended.stderr).toMatch(/\nNothing is saved\.\n$/);
});

it.concurrent("without a terminal, everything that is missing is told at once", async (test) => {
  const world = await World.forTest(test);
  const ended = await world.run(["add", "zendesk", "--json"]);
  expect(ended.exit).toBe(2);
  expect(documentOf(ended)).toMatchObject({
    ok: false,
    faults: [
      {
        code: "usage",
        message: expect.stringContaining("the subdomain, the client id") as unknown,
        hint: expect.stringContaining("--parameter subdomain=acme --client-id <id>") as unknown,
      },
    ],
  });
  expect(existsSync(join(world.directory, "repository", "credentials", "zendesk.yaml"))).toBe(false);
});
