import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { JournalSnapshot } from "../../../src/github.ts";
import { connect, serve } from "./server.ts";
import type { Reply, Seen } from "./server.ts";

const COMMIT = "c".repeat(40);
const TREE = "e".repeat(40);
const NEXT_COMMIT = "d".repeat(40);
const NEXT_TREE = "f".repeat(40);
const BLOB = "b".repeat(40);
const FROM: JournalSnapshot = { commit: COMMIT, files: new Map([["credentials/oura.json", BLOB]]) };
const CHANGE = { message: "Refresh oura", files: new Map([["credentials/oura.json", "{}\n"]]) };

/** A repository with one commit on the state branch; `move` is what it answers to the update of the branch. */
function repository(move: Reply): (request: Seen) => Reply {
  return ({ method, target }) => {
    const path = target.replace("/repos/acme/credentials/git", "").split("?")[0] ?? "";
    switch (`${method} ${path}`) {
      case "GET /ref/heads/sealring-state":
        return { status: 200, body: { object: { sha: COMMIT } } };
      case `GET /commits/${COMMIT}`:
        return { status: 200, body: { tree: { sha: TREE } } };
      case `GET /trees/${TREE}`:
        return { status: 200, body: { truncated: false, tree: TREE_ENTRIES } };
      case `GET /blobs/${BLOB}`:
        return { status: 200, body: { content: "eyJ2\nIjoxfQ==\n", encoding: "base64" } };
      case "POST /trees":
        return { status: 201, body: { sha: NEXT_TREE } };
      case "POST /commits":
        return { status: 201, body: { sha: NEXT_COMMIT } };
      default:
        return move;
    }
  };
}

const TREE_ENTRIES = [
  { path: "credentials", type: "tree", sha: TREE },
  { path: "credentials/oura.json", type: "blob", sha: BLOB },
];

const MOVED: Reply = { status: 200, body: { object: { sha: NEXT_COMMIT } } };

const refused = (status: number, message: string): Reply => ({ status, body: { message } });

function trail(seen: readonly Seen[]): string[] {
  return seen.map(({ method, target }) => `${method} ${target.replace("/repos/acme/credentials/git", "")}`);
}

test("the head is the branch's commit with the blobs of its whole tree", async () => {
  const server = await serve(repository({ status: 500 }));
  const { journal } = connect(server.url);
  expect(await journal.head()).toEqual(FROM);
  expect(await journal.read(BLOB)).toBe('{"v":1}');
  expect(trail(server.seen)).toEqual([
    "GET /ref/heads/sealring-state",
    `GET /commits/${COMMIT}`,
    `GET /trees/${TREE}?recursive=1`,
    `GET /blobs/${BLOB}`,
  ]);
});

test("a conflict in reading the branch is not taken for a branch that is not there", async () => {
  const server = await serve(() => refused(409, "Conflict"));
  const { journal } = connect(server.url);
  await expect(journal.head()).rejects.toMatchObject({ code: "transient" });
});

test("what never changes is asked for once: a commit's files, a blob's text", async () => {
  const server = await serve(repository({ status: 500 }));
  const { journal } = connect(server.url);
  await journal.head();
  await journal.read(BLOB);
  const before = server.seen.length;
  await journal.head();
  await journal.read(BLOB);
  expect(trail(server.seen.slice(before))).toEqual(["GET /ref/heads/sealring-state"]);
});

test.each([
  ["a branch that is not there", refused(404, "Not Found")],
  ["a repository without a commit", refused(409, "Git Repository is empty.")],
])("%s is an empty snapshot", async (_, reply) => {
  const server = await serve(() => reply);
  expect(await connect(server.url).journal.head()).toEqual({ commit: undefined, files: new Map() });
});

test("a swap writes a tree on the old one, a commit on the old one, and moves the branch without force", async () => {
  const server = await serve(repository(MOVED));
  const { journal } = connect(server.url);
  await journal.head();
  const files = new Map([
    ["wal/oura.json", "box"],
    ["credentials/oura.json", undefined],
    ["never/was", undefined],
  ]);
  const outcome = await journal.swap(FROM, { message: "Why", files });
  expect(
    server.seen
      .slice(3)
      .map(({ method, target, body }) => ({ method, target: target.split("/git/")[1], body })),
  ).toEqual([
    {
      method: "POST",
      target: "trees",
      body: {
        base_tree: TREE,
        tree: [
          { path: "wal/oura.json", mode: "100644", type: "blob", content: "box" },
          { path: "credentials/oura.json", mode: "100644", type: "blob", sha: null },
        ],
      },
    },
    { method: "POST", target: "commits", body: { message: "Why", tree: NEXT_TREE, parents: [COMMIT] } },
    { method: "PATCH", target: "refs/heads/sealring-state", body: { sha: NEXT_COMMIT, force: false } },
  ]);
  const id = createHash("sha1").update("blob 3\0box").digest("hex");
  expect(outcome).toEqual({
    kind: "won",
    snapshot: { commit: NEXT_COMMIT, files: new Map([["wal/oura.json", id]]) },
  });
});

test("after a won swap nothing of it is read from GitHub, which may serve what was before", async () => {
  const server = await serve(repository(MOVED));
  const { journal } = connect(server.url);
  const outcome = await journal.swap(FROM, CHANGE);
  if (outcome.kind !== "won") throw new Error("the swap was not won");
  const before = server.seen.length;
  expect(await journal.read(outcome.snapshot.files.get("credentials/oura.json") ?? "")).toBe("{}\n");
  await journal.swap(outcome.snapshot, CHANGE);
  expect(trail(server.seen.slice(before))).toEqual([
    "POST /trees",
    "POST /commits",
    "PATCH /refs/heads/sealring-state",
  ]);
});

test("the first swap makes a commit without parents and the branch", async () => {
  const server = await serve(repository(MOVED));
  const { journal } = connect(server.url);
  const outcome = await journal.swap({ commit: undefined, files: new Map() }, CHANGE);
  expect(outcome.kind).toBe("won");
  const [tree, commit, ref] = server.seen;
  expect(tree?.body).not.toHaveProperty("base_tree");
  expect(commit?.body).toMatchObject({ parents: [] });
  expect(ref).toMatchObject({ method: "POST", body: { ref: "refs/heads/sealring-state", sha: NEXT_COMMIT } });
});

test("a commit without a change of files keeps the tree", async () => {
  const server = await serve(repository(MOVED));
  const outcome = await connect(server.url).journal.swap(FROM, {
    message: "Nothing",
    files: new Map([["x", undefined]]),
  });
  expect(outcome).toMatchObject({ kind: "won" });
  expect(server.seen.find(({ target }) => target.endsWith("/commits"))?.body).toMatchObject({ tree: TREE });
});

test.each<readonly [string, Reply]>([
  ["lost", refused(422, "Update is not a fast forward")],
  ["lost", refused(422, "Reference already exists")],
  ["lost", refused(422, "Reference does not exist")],
  ["lost", refused(409, "Conflict")],
  ["unknown", refused(422, "Something new")],
  ["unknown", { status: 200, body: [{ object: { sha: NEXT_COMMIT } }] }],
  ["unknown", { status: 503 }],
  ["unknown", "reset"],
  ["unknown", "half"],
  ["unknown", "hang"],
])("a swap is %s after %j, and the branch is asked to move once", async (kind, move) => {
  const server = await serve(repository(move));
  const { journal } = connect(server.url, { timeoutMilliseconds: move === "hang" ? 1_000 : 20_000 });
  expect(await journal.swap(FROM, CHANGE)).toEqual({ kind });
  expect(server.seen.filter(({ method }) => method === "PATCH")).toHaveLength(1);
});

test("a branch's creation, too, is asked for once", async () => {
  const server = await serve(({ target }) =>
    target.endsWith("/refs") ? "reset" : { status: 201, body: { sha: COMMIT } },
  );
  const { journal } = connect(server.url);
  expect(await journal.swap({ commit: undefined, files: new Map() }, CHANGE)).toEqual({ kind: "unknown" });
  expect(server.seen.filter(({ target }) => target.endsWith("/refs"))).toHaveLength(1);
});

test.each([
  [403, "Resource not accessible by integration", "contents=write", /"Contents: Read and write"/],
  [422, "Repository rule violations found", "", /ruleset/],
])(
  "a move that is forbidden (%i %s) throws with what to do",
  async (status, message, permissions, expected) => {
    const headers = { "x-accepted-github-permissions": permissions };
    const server = await serve(repository({ status, body: { message }, headers }));
    const failure = connect(server.url).journal.swap(FROM, CHANGE);
    await expect(failure).rejects.toMatchObject({
      code: "store_refused",
      message: expect.stringMatching(expected) as string,
    });
  },
);

test("a repository without a commit cannot have a journal, and the hint says what is missing", async () => {
  const server = await serve(() => refused(409, "Git Repository is empty."));
  const failure = connect(server.url).journal.swap({ commit: undefined, files: new Map() }, CHANGE);
  await expect(failure).rejects.toMatchObject({
    code: "store_refused",
    hint: expect.stringContaining("push") as string,
  });
});

test("a tree that fails before the branch moves is tried again, and then is transient: nothing has moved", async () => {
  const server = await serve((request) =>
    request.target.endsWith("/trees") ? { status: 500 } : repository("reset")(request),
  );
  await expect(connect(server.url).journal.swap(FROM, CHANGE)).rejects.toMatchObject({ code: "transient" });
  expect(server.seen.filter(({ method }) => method === "POST")).toHaveLength(3);
});

test("a tree too large to be a journal's is refused, not half read", async () => {
  const server = await serve((request) =>
    request.target.includes("/trees/")
      ? { status: 200, body: { truncated: true, tree: TREE_ENTRIES } }
      : repository({ status: 500 })(request),
  );
  await expect(connect(server.url).journal.head()).rejects.toMatchObject({ code: "store_refused" });
});

test("an object that GitHub named and does not serve yet is transient", async () => {
  const server = await serve((request) =>
    request.target.includes("/commits/") ? refused(404, "Not Found") : repository({ status: 500 })(request),
  );
  await expect(connect(server.url).journal.head()).rejects.toMatchObject({ code: "transient" });
});
