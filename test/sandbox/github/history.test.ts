import { expect, test } from "vitest";
import type { TestClient } from "./client.ts";
import { connect, PATH, REPOSITORY } from "./client.ts";

/** Commits to `state`, each on the one before, that set one file each; gives their ids, oldest first. */
async function commitAll(client: TestClient, files: readonly (readonly [string, string])[]) {
  const ids: string[] = [];
  let base: string | undefined;
  const shaOf = async (path: string, body: object) =>
    ((await client.send("POST", `${PATH}/git/${path}`, body)).body as { sha: string }).sha;
  for (const [path, content] of files) {
    const tree = [{ path, mode: "100644", type: "blob", content }];
    base = await shaOf("trees", base === undefined ? { tree } : { tree, base_tree: base });
    ids.push(await shaOf("commits", { message: `set ${path}`, tree: base, parents: ids.slice(-1) }));
    client.clock.passSeconds(1);
  }
  await client.send("POST", `${PATH}/git/refs`, { ref: "refs/heads/state", sha: ids.at(-1) });
  return ids;
}

async function listed(client: TestClient, query: string): Promise<readonly string[]> {
  const { body } = await client.send("GET", `${PATH}/commits?${query}`);
  return (body as { sha: string }[]).map(({ sha }) => sha);
}

test("a branch's commits are listed newest first, with the time and words of each", async () => {
  const client = await connect();
  const ids = await commitAll(client, [
    ["a", "1"],
    ["b", "1"],
  ]);
  expect(await listed(client, "sha=state")).toEqual(ids.toReversed());
  const { body } = await client.send("GET", `${PATH}/commits?sha=state`);
  expect(body).toMatchObject([
    { commit: { message: "set b", committer: { date: "2026-11-22T12:00:01Z" } }, parents: [{ sha: ids[0] }] },
    { commit: { message: "set a", committer: { date: "2026-11-22T12:00:00Z" } }, parents: [] },
  ]);
});

test("with a path only those are listed that changed it", async () => {
  const client = await connect();
  const [first, , third] = await commitAll(client, [
    ["a/x", "1"],
    ["a/y", "1"],
    ["a/x", "2"],
    ["a/x", "2"],
  ]);
  expect(await listed(client, "sha=state&path=a/x")).toEqual([third, first]);
  expect(await listed(client, "sha=state&path=nowhere")).toEqual([]);
});

test("the list comes in pages", async () => {
  const client = await connect();
  const ids = await commitAll(client, [
    ["a", "1"],
    ["a", "2"],
    ["a", "3"],
  ]);
  expect(await listed(client, "sha=state&per_page=2&page=2")).toEqual([ids[0]]);
});

test("a branch that is not there has no list, and without a branch the default one is meant", async () => {
  const client = await connect();
  expect(await client.send("GET", `${PATH}/commits?sha=nowhere`)).toMatchObject({ status: 404 });
  const [main] = client.sandbox.commits(REPOSITORY, "main");
  expect(await listed(client, "")).toEqual([main?.id]);
});
