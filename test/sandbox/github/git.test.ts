import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { ObjectDatabase } from "../../../src/sandbox/github/git/objects.ts";
import { changeTree, walkTree } from "../../../src/sandbox/github/git/trees.ts";
import type { TestClient } from "./client.ts";
import { connect, PATH, REPOSITORY } from "./client.ts";

const GIT = `${PATH}/git`;
const NOWHERE = "0123456789012345678901234567890123456789";

/** The real git, in an empty repository of its own. */
function realGit(): (args: readonly string[], input?: string) => string {
  const cwd = mkdtempSync(join(tmpdir(), "sealring-git-"));
  onTestFinished(() => {
    rmSync(cwd, { recursive: true });
  });
  const person = { NAME: "octocat", EMAIL: "octocat@users.noreply.github.com", DATE: "2026-11-22T12:00:00Z" };
  const signed = ["AUTHOR", "COMMITTER"].flatMap((role) =>
    Object.entries(person).map(([key, value]) => [`GIT_${role}_${key}`, value] as const),
  );
  const env = {
    PATH: process.env["PATH"],
    HOME: cwd,
    GIT_CONFIG_NOSYSTEM: "1",
    ...Object.fromEntries(signed),
  };
  const git = (args: readonly string[], input = ""): string =>
    execFileSync("git", args, { cwd, input, encoding: "utf8", env }).trim();
  git(["init", "--quiet"]);
  return git;
}

async function shaOf(send: TestClient["send"], path: string, body: unknown): Promise<string> {
  const reply = await send("POST", `${GIT}/${path}`, body);
  expect(reply.status).toBe(201);
  return (reply.body as { sha: string }).sha;
}

/** Files of the head of `main`, changed by tree entries on top of it. */
async function treeAfter(client: TestClient, entries: readonly unknown[]): Promise<string> {
  const [head] = client.sandbox.commits(REPOSITORY, "main");
  return shaOf(client.send, "trees", { base_tree: head?.tree, tree: entries });
}

async function commit(client: TestClient, tree: string, parents: readonly string[]): Promise<string> {
  return shaOf(client.send, "commits", { message: "a change\n\nwith a reason", tree, parents });
}

it("blobs, trees and commits have the ids that git gives them", async () => {
  const { send } = await connect();
  const git = realGit();
  const content = "größe\n";
  const blob = await shaOf(send, "blobs", { content });
  expect(blob).toBe(git(["hash-object", "-w", "--stdin"], content));
  const entries = [
    { path: "credentials/oura.json", mode: "100644", type: "blob", sha: blob },
    { path: "credentials.md", mode: "100644", type: "blob", sha: blob },
    { path: "run.sh", mode: "100755", type: "blob", sha: blob },
  ];
  const tree = await shaOf(send, "trees", { tree: entries });
  const inner = git(["mktree"], `100644 blob ${blob}\toura.json\n`);
  const lines = [
    `040000 tree ${inner}\tcredentials`,
    `100644 blob ${blob}\tcredentials.md`,
    `100755 blob ${blob}\trun.sh`,
  ];
  expect(tree).toBe(git(["mktree"], `${lines.join("\n")}\n`));
  const first = await shaOf(send, "commits", { message: "first", tree, parents: [] });
  const second = await shaOf(send, "commits", { message: "second", tree, parents: [first] });
  // commit-tree ends a message with a line break, the API takes it as it is: so compare through hash-object.
  const person = `octocat <octocat@users.noreply.github.com> ${String(Date.parse("2026-11-22T12:00:00Z") / 1_000)} +0000`;
  const raw = `tree ${tree}\nparent ${first}\nauthor ${person}\ncommitter ${person}\n\nsecond`;
  expect(second).toBe(git(["hash-object", "-t", "commit", "--literally", "--stdin"], raw));
});

it("a tree of any files has the id that git write-tree gives it", () => {
  const git = realGit();
  const names = fc.stringMatching(/^[a-z.-]{1,4}$/).filter((name) => name !== "." && name !== "..");
  const paths = fc.array(names, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
  const blob = git(["hash-object", "-w", "--stdin"], "x");
  fc.assert(
    fc.property(fc.uniqueArray(paths, { minLength: 1, maxLength: 8 }), (wanted) => {
      const files = wanted.filter((path) => !wanted.some((other) => other.startsWith(`${path}/`)));
      const objects = new ObjectDatabase();
      objects.write("blob", Buffer.from("x"));
      const changes = files.map((path) => ({ kind: "set", path, mode: "100644", id: blob }) as const);
      const tree = changeTree(objects, undefined, changes);
      git(["read-tree", "--empty"]);
      git(["update-index", "--index-info"], files.map((path) => `100644 ${blob}\t${path}\n`).join(""));
      expect(tree).toBe(git(["write-tree"]));
      const blobs = walkTree(objects, tree).filter(({ mode }) => mode === "100644");
      expect(blobs.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
    }),
    { numRuns: 25 },
  );
});

describe("a tree on top of another", () => {
  it("keeps what it does not name, and takes inline text for a file", async () => {
    const client = await connect();
    const tree = await treeAfter(client, [
      { path: "a/b/c.json", mode: "100644", type: "blob", content: "{}" },
    ]);
    const { body } = await client.send("GET", `${GIT}/trees/${tree}?recursive=1`);
    const paths = (body as { tree: { path: string }[] }).tree.map(({ path }) => path);
    expect(paths).toEqual(["README.md", "a", "a/b", "a/b/c.json"]);
  });

  it("loses what is set to null, with the directories that this empties", async () => {
    const client = await connect();
    const [head] = client.sandbox.commits(REPOSITORY, "main");
    const more = await treeAfter(client, [
      { path: "a/b/c.json", mode: "100644", type: "blob", content: "{}" },
    ]);
    const change = { path: "a/b/c.json", mode: "100644", type: "blob", sha: null };
    expect(await shaOf(client.send, "trees", { base_tree: more, tree: [change] })).toBe(head?.tree);
  });

  it.each([
    ["takes away what is not there", { path: "nothing", mode: "100644", type: "blob", sha: null }],
    ["names an object that does not exist", { path: "a", mode: "100644", type: "blob", sha: NOWHERE }],
    ["has both an object and text", { path: "a", mode: "100644", type: "blob", sha: NOWHERE, content: "" }],
    ["has neither", { path: "a", mode: "100644", type: "blob" }],
    ["leaves the tree", { path: "../a", mode: "100644", type: "blob", content: "" }],
  ])("is refused when it %s", async (_fault, entry) => {
    const { send, sandbox } = await connect();
    const [head] = sandbox.commits(REPOSITORY, "main");
    expect((await send("POST", `${GIT}/trees`, { base_tree: head?.tree, tree: [entry] })).status).toBe(422);
  });
});

describe("a branch", () => {
  it("moves to a descendant and to nothing else, unless it is forced", async () => {
    const client = await connect();
    const { send, sandbox } = client;
    const [head] = sandbox.commits(REPOSITORY, "main");
    const start = head?.id ?? "";
    const tree = head?.tree ?? "";
    const mine = await commit(client, tree, [start]);
    client.clock.passSeconds(1);
    const theirs = await commit(client, tree, [start]);
    const move = (sha: string, force: boolean): ReturnType<typeof send> =>
      send("PATCH", `${GIT}/refs/heads/main`, { sha, force });
    expect((await move(mine, false)).status).toBe(200);
    const lost = await move(theirs, false);
    expect(lost).toMatchObject({ status: 422, body: { message: "Update is not a fast forward" } });
    expect((await move(start, false)).status).toBe(422);
    expect(sandbox.commits(REPOSITORY, "main")[0]?.id).toBe(mine);
    expect((await move(theirs, true)).status).toBe(200);
  });

  it("is created once, from a commit that exists", async () => {
    const { send, sandbox } = await connect();
    const [head] = sandbox.commits(REPOSITORY, "main");
    const ref = "refs/heads/sealring-state";
    const create = (body: unknown): ReturnType<typeof send> => send("POST", `${GIT}/refs`, body);
    expect((await create({ ref, sha: NOWHERE })).status).toBe(422);
    expect((await create({ ref: "sealring-state", sha: head?.id })).status).toBe(422);
    expect((await create({ ref, sha: head?.id })).status).toBe(201);
    expect(await create({ ref, sha: head?.id })).toMatchObject({
      status: 422,
      body: { message: "Reference already exists" },
    });
  });

  it("is found with its slashes encoded too", async () => {
    const { send } = await connect();
    const found = await send("GET", `${GIT}/ref/heads%2Fmain`);
    expect(found).toMatchObject({ status: 200, body: { ref: "refs/heads/main" } });
    expect((await send("GET", `${GIT}/ref/heads/nowhere`)).status).toBe(404);
  });
});

it("the text of a blob comes in base64 lines, or as it is for those who ask", async () => {
  const { send, sandbox } = await connect();
  const text = "0123456789".repeat(20);
  const sha = await shaOf(send, "blobs", { content: text });
  const { content } = (await send("GET", `${GIT}/blobs/${sha}`)).body as { content: string };
  expect(Math.max(...content.split("\n").map((line) => line.length))).toBe(60);
  expect(Buffer.from(content, "base64").toString()).toBe(text);
  const { value: token } = sandbox.addToken({
    kind: "personal",
    login: "a",
    permissions: { contents: "read" },
    repositories: "all",
  });
  const headers = { authorization: `token ${token}`, accept: "application/vnd.github.raw+json" };
  const { response } = await sandbox.handler(new Request(`http://127.0.0.1${GIT}/blobs/${sha}`, { headers }));
  expect(await response.text()).toBe(text);
});

it("a repository without a commit has no references and takes none", async () => {
  const { send, sandbox } = await connect();
  sandbox.repository(REPOSITORY).refs.clear();
  expect((await send("GET", `${GIT}/ref/heads/main`)).status).toBe(409);
});
