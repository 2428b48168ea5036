import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { REPOSITORY } from "../support/cli-setting.ts";
import { World } from "../support/cli-world.ts";

/** A GitHub CLI that has a token for every host, and writes down how it was called. */
function installGh(
  world: World,
): () => { readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>> } {
  const path = join(world.directory, "bin", "gh");
  const record = join(world.directory, "gh.json");
  const script = `require("fs").writeFileSync(${JSON.stringify(record)}, JSON.stringify({ argv: process.argv.slice(2), env: process.env }));`;
  writeFileSync(
    path,
    `#!${process.execPath}\n${script}\nconsole.log("${world.githubToken.split("").join('" + "')}");\n`,
  );
  chmodSync(path, 0o755);
  return () => JSON.parse(readFileSync(record, "utf8")) as ReturnType<ReturnType<typeof installGh>>;
}

function without(env: Readonly<Record<string, string>>, ...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

describe("the token for GitHub", () => {
  it.concurrent("comes from gh where the environment has none, and gh is given no secret", async (test) => {
    const world = await World.forTest(test);
    const called = installGh(world);
    const env = without(world.person(), "SEALRING_GITHUB_TOKEN");
    expect(await world.run(["status"], env)).toMatchObject({ exit: 0 });
    const { argv, env: given } = called();
    expect(argv).toEqual(["auth", "token", "--hostname", new URL(world.apiUrl).host]);
    expect(Object.keys(given).toSorted()).toEqual(["HOME", "PATH"]);
  });

  it.concurrent("is SEALRING_GITHUB_TOKEN before GH_TOKEN before GITHUB_TOKEN", async (test) => {
    const world = await World.forTest(test);
    const env = without(world.person(), "SEALRING_GITHUB_TOKEN");
    const good = world.githubToken;
    const wrong = { GH_TOKEN: "canary-wrong-token-1", GITHUB_TOKEN: "canary-wrong-token-2" };
    world.sightings.add(wrong.GH_TOKEN, wrong.GITHUB_TOKEN);
    expect((await world.run(["status"], { ...env, ...wrong, SEALRING_GITHUB_TOKEN: good })).exit).toBe(0);
    expect((await world.run(["status"], { ...env, ...wrong, GH_TOKEN: good })).exit).toBe(0);
    const refused = await world.run(["status"], { ...env, ...wrong, GITHUB_TOKEN: good });
    expect(refused.exit).toBe(3);
    expect(world.github.log.at(-1)?.status).toBe(401);
  });

  it.concurrent("never goes to a host that sealring.yaml alone names", async (test) => {
    const world = await World.forTest(test);
    world.write("sealring.yaml", `version: 1\ngithub: { api_url: "${world.apiUrl}" }\n`);
    const env = without(world.person(), "GITHUB_API_URL");
    const refused = await world.run(["status"], env);
    expect(refused).toMatchObject({ exit: 2, stdout: "" });
    expect(refused.stderr).toContain("was not given for that host");
    expect(world.github.log).toEqual([]);
    const trusted = await world.run(["status"], { ...env, GITHUB_API_URL: `${world.apiUrl}/` });
    expect(trusted.exit).toBe(0);
    installGh(world);
    expect((await world.run(["status"], env)).exit).toBe(0);
  });
});

describe("the repository", () => {
  it.concurrent("is the one of sealring.yaml before GITHUB_REPOSITORY", async (test) => {
    const world = await World.forTest(test);
    world.write("sealring.yaml", `version: 1\nrepository: ${REPOSITORY}\n`);
    expect((await world.run(["status"], { ...world.person(), GITHUB_REPOSITORY: "acme/other" })).exit).toBe(
      0,
    );
    expect(world.github.log[0]?.target).toContain(`/repos/${REPOSITORY}/`);
  });

  it.concurrent("is that of the git remote where nothing else says", async (test) => {
    const world = await World.forTest(test);
    const directory = join(world.directory, "repository");
    execFileSync("git", ["init", "--quiet", directory]);
    execFileSync("git", ["-C", directory, "remote", "add", "origin", `git@github.com:${REPOSITORY}.git`]);
    const env = { ...without(world.person(), "GITHUB_REPOSITORY"), PATH: process.env["PATH"] ?? "" };
    expect((await world.run(["status"], env)).exit).toBe(0);
    expect(world.github.log[0]?.target).toContain(`/repos/${REPOSITORY}/`);
  });

  it.concurrent("that the token may not see fails for now, with what to do", async (test) => {
    const world = await World.forTest(test);
    const ended = await world.run(["authorize", "oura"], {
      ...world.person(),
      GITHUB_REPOSITORY: "acme/nowhere",
    });
    expect(ended).toMatchObject({ exit: 3, stdout: "" });
    expect(ended.stderr).toContain("acme/nowhere");
    expect(world.authorizationServer.log).toEqual([]);
  });
});
