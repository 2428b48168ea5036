import { expect, test } from "vitest";
import { connect, serve } from "./server.ts";
import type { Reply } from "./server.ts";

function commits(count: number, first = 0): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({
    sha: String(first + index).padStart(40, "0"),
    commit: { message: `m${String(first + index)}`, committer: { date: "2026-11-22T12:00:00Z" } },
  }));
}

function pageIn(target: string): number {
  return Number(new URL(target, "http://x").searchParams.get("page"));
}

test("the history is asked of the branch, by path where there is one", async () => {
  const server = await serve(() => ({ status: 200, body: commits(2) }));
  const { journal } = connect(server.url);
  expect(await journal.history({ path: "credentials/oura.json", limit: 30 })).toEqual([
    { id: "0".repeat(40), at: new Date("2026-11-22T12:00:00Z"), message: "m0" },
    { id: `${"0".repeat(39)}1`, at: new Date("2026-11-22T12:00:00Z"), message: "m1" },
  ]);
  await journal.history({ path: undefined, limit: 30 });
  expect(server.seen.map(({ target }) => decodeURIComponent(target))).toEqual([
    "/repos/acme/credentials/commits?sha=sealring-state&path=credentials/oura.json&per_page=100&page=1",
    "/repos/acme/credentials/commits?sha=sealring-state&per_page=100&page=1",
  ]);
});

test("as many pages are read as are wanted, each commit once, and no more than a thousand commits", async () => {
  // A commit comes meanwhile: each page begins with the last of the page before.
  const server = await serve(({ target }) => ({
    status: 200,
    body: commits(100, (pageIn(target) - 1) * 99),
  }));
  const { journal } = connect(server.url);
  const read = await journal.history({ path: undefined, limit: 150 });
  expect(read.map(({ message }) => message)).toEqual(Array.from({ length: 150 }, (_, i) => `m${String(i)}`));
  expect(server.seen).toHaveLength(2);
  expect(await journal.history({ path: undefined, limit: 5_000 })).toHaveLength(1_000);
});

test.each<readonly [string, Reply]>([
  ["a branch that is not there", { status: 404, body: { message: "Not Found" } }],
  ["a repository without a commit", { status: 409, body: { message: "Git Repository is empty." } }],
])("%s has no history", async (_, reply) => {
  const server = await serve(() => reply);
  expect(await connect(server.url).journal.history({ path: undefined, limit: 30 })).toEqual([]);
});

test.each([[[{ sha: "x" }]], [[{ sha: "x", commit: { message: "m", committer: { date: "noon" } } }]]])(
  "an answer that lacks what its description names is no history: %j",
  async (body) => {
    const server = await serve(() => ({ status: 200, body }));
    const failure = connect(server.url).journal.history({ path: undefined, limit: 30 });
    await expect(failure).rejects.toMatchObject({ code: "transient" });
  },
);

test("a token that may not read says so", async () => {
  const server = await serve(() => ({ status: 403, body: { message: "no" } }));
  const failure = connect(server.url).journal.history({ path: undefined, limit: 30 });
  await expect(failure).rejects.toMatchObject({ code: "store_refused" });
});
