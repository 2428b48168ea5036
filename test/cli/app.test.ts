import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { REPOSITORY } from "../support/cli-setting.ts";
import { World } from "../support/cli-world.ts";
import type { Job } from "../support/cli-world.ts";

/** What sealring needs of an App. */
const PERMISSIONS = {
  ...({ metadata: "read", environments: "write", secrets: "write" } as const),
  ...({ actions: "write", contents: "write", issues: "write" } as const),
};

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

/** A repository that signs in as an App which its owner has installed. */
function installApp(world: World): void {
  const [account = ""] = REPOSITORY.split("/");
  const asked = { slug: "acme-sealring", account, permissions: PERMISSIONS, privateKey };
  const { app } = world.github.addApp(asked);
  const lines = [
    "version: 1",
    "github:",
    `  app: { client_id: ${app.clientId}, private_key: SEALRING_APP_KEY }`,
  ];
  world.write("sealring.yaml", `${lines.join("\n")}\n`);
  world.sightings.add(...privateKey.trim().split("\n"));
}

/** A job that is handed the App's key, and no token. */
function jobOf(world: World, key: Readonly<Record<string, string>>): Job {
  const job = world.job();
  const { SEALRING_GITHUB_TOKEN: _, ...env } = job.env;
  return { ...job, env: { ...env, GITHUB_ACTIONS: "true", ...key } };
}

test("a person authorizes with their own token, and the jobs refresh as the App", async (context) => {
  const world = await World.forTest(context);
  installApp(world);
  expect(await world.run(["authorize", "oura"])).toMatchObject({ exit: 0 });
  const first = world.output();
  world.github.log.length = 0;
  const refreshed = await world.inJob(["refresh", "--force"], jobOf(world, { SEALRING_APP_KEY: privateKey }));
  expect(refreshed).toMatchObject({ exit: 0 });
  expect(world.output()).not.toBe(first);
  expect(await world.consumersAreServed()).toBe(true);
  const minted = world.github.log.filter(
    ({ operation }) => operation === "apps/create-installation-access-token",
  );
  // One for secrets, one for the journal.
  expect(minted).toHaveLength(2);
});

test("a job without the App's key stops before anything is spent", async (context) => {
  const world = await World.forTest(context);
  installApp(world);
  await world.run(["authorize", "oura"]);
  const ended = await world.inJob(["refresh", "--force"], jobOf(world, {}));
  expect(ended).toMatchObject({ exit: 2 });
  expect(ended.stderr).toContain("this job has no SEALRING_APP_KEY");
});
