import { expect, it } from "vitest";
import { EVERY_PERMISSION } from "../../src/sandbox/github/permissions.ts";
import { CANARIES } from "../support/canary.ts";
import { ENVELOPES, World } from "../support/cli-world.ts";
import { authorizedWorld } from "../support/here.ts";

const DAY_MILLISECONDS = 86_400_000;

/** As the runner reads it back. */
function maskedIn(lines: readonly string[]): readonly string[] {
  return lines
    .filter((line) => line.startsWith("::add-mask::"))
    .map((line) =>
      line
        .slice("::add-mask::".length)
        .replaceAll("%0D", "\r")
        .replaceAll("%0A", "\n")
        .replaceAll("%25", "%"),
    );
}

it("on GitHub Actions every secret is masked before anything else is printed, and so is each new one", async (test) => {
  const world = await authorizedWorld(test);
  const { env } = world.job();
  const before = world.sightings.all().filter((secret) => /^(access|refresh)_/.test(secret));
  const ended = await world.run(["refresh", "--force"], { ...env, GITHUB_ACTIONS: "true" });
  expect(ended.exit).toBe(0);
  const lines = ended.stderr.split("\n");
  const told = lines.findIndex((line) => !line.startsWith("::add-mask::"));
  const envelope = env["SEALRING_CREDENTIAL_OURA"] ?? "";
  const { key } = JSON.parse(envelope) as { readonly key: string };
  expect(before).toHaveLength(2);
  expect(maskedIn(lines.slice(0, told))).toEqual(
    expect.arrayContaining([world.githubToken, envelope, key, CANARIES.clientSecret, ...before]),
  );
  const now = JSON.parse(world.github.revealSecret(ENVELOPES, "SEALRING_CREDENTIAL_OURA") ?? "") as {
    readonly key: string;
  };
  const after = world.sightings.all().filter((secret) => /^(access|refresh)_/.test(secret));
  expect(after).toHaveLength(4);
  expect(maskedIn(lines)).toEqual(expect.arrayContaining([now.key, ...after]));
  expect(ended.stdout).not.toContain("::");
});

it("a job says once that its GitHub token soon ends, and after its end how to renew it; a person is told of neither", async (test) => {
  const world = await World.forTest(test);
  const expiresAt = new Date(world.clock.now().getTime() + 6 * DAY_MILLISECONDS);
  const { value } = world.github.addToken({
    ...{ kind: "personal", login: "ada", permissions: EVERY_PERMISSION, repositories: "all" },
    expiresAt,
  });
  world.sightings.add(value);
  const own = { SEALRING_GITHUB_TOKEN: value };
  const inJob = () => ({ ...world.job().env, ...own, GITHUB_ACTIONS: "true" });
  const authorized = await world.run(["authorize", "oura"], { ...world.person(), ...own });
  expect(authorized).toMatchObject({ exit: 0 });
  expect(authorized.stderr).not.toContain("GitHub token expires");
  const day = expiresAt.toISOString().slice(0, 10);
  const refreshed = await world.run(["refresh", "--force"], inJob());
  expect(refreshed).toMatchObject({ exit: 0 });
  expect(refreshed.stderr.match(/^the GitHub token expires on .*$/gm)).toHaveLength(1);
  expect(refreshed.stderr).toContain(`the GitHub token expires on ${day} `);
  expect(refreshed.stderr).toContain("\n  gh secret set SEALRING_GITHUB_TOKEN --env sealring\n");
  world.clock.passSeconds(7 * 86_400);
  const refused = await world.run(["refresh", "--force"], inJob());
  expect(refused).toMatchObject({ exit: 3 });
  expect(refused.stdout + refused.stderr).toContain(
    "run: gh secret set SEALRING_GITHUB_TOKEN --env sealring",
  );
});

it("a declaration cannot give GitHub's runner a command", async (test) => {
  const world = await World.forTest(test);
  world.declare("oura", { lines: `owner: "::error::\\n${"x".repeat(70)} ::stop-commands::x"\n` });
  const { env } = world.job();
  for (const args of [["status"], ["refresh"], ["validate"]]) {
    const { stdout, stderr } = await world.run(args, { ...env, GITHUB_ACTIONS: "true" });
    expect(stdout + stderr).not.toMatch(/^\s*::(error|stop-commands)/m);
  }
});
