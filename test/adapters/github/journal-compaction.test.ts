import { expect, test } from "vitest";
import { UPDATE_REFS } from "../../../src/adapters/github/journal-compaction.ts";
import type { JournalSnapshot } from "../../../src/github.ts";
import { connect, serve } from "./server.ts";
import type { Reply, Seen } from "./server.ts";

const COMMIT = "c".repeat(40);
const TREE = "e".repeat(40);
const ALONE = "d".repeat(40);
const FROM: JournalSnapshot = { commit: COMMIT, files: new Map([["a", "b".repeat(40)]]) };
const DONE = { status: 200, body: { data: { updateRefs: { clientMutationId: null } } } };

/** `move` is what GraphQL answers. */
function repository(move: Reply): (request: Seen) => Reply {
  return ({ method, target }) => {
    const path = target.replace("/api/v3", "").replace("/repos/acme/credentials", "");
    switch (`${method} ${path}`) {
      case `GET /git/commits/${COMMIT}`:
        return { status: 200, body: { tree: { sha: TREE } } };
      case "POST /git/commits":
        return { status: 201, body: { sha: ALONE } };
      case "GET ":
        return { status: 200, body: { node_id: "R_1" } };
      default:
        return move;
    }
  };
}

function failing(type: string | undefined, message: string): Reply {
  return { status: 200, body: { data: { updateRefs: null }, errors: [{ type, message }] } };
}

test("a compaction commits the same tree without a parent, and swaps it in by comparing, though forced", async () => {
  const server = await serve(repository(DONE));
  const outcome = await connect(server.url).journal.compact(FROM, "Why");
  expect(outcome).toEqual({ kind: "won", snapshot: { commit: ALONE, files: FROM.files } });
  const [commit, move] = server.seen.filter(({ method }) => method === "POST");
  expect(commit?.body).toEqual({ message: "Why", tree: TREE, parents: [] });
  expect(move).toMatchObject({
    target: "/graphql",
    body: {
      query: UPDATE_REFS,
      variables: {
        repositoryId: "R_1",
        name: "refs/heads/sealring-state",
        beforeOid: COMMIT,
        afterOid: ALONE,
      },
    },
  });
});

test("an Enterprise Server is asked at its own GraphQL address", async () => {
  const server = await serve(repository(DONE));
  await connect(`${server.url}/api/v3`).journal.compact(FROM, "Why");
  expect(server.seen.at(-1)?.target).toBe("/api/graphql");
});

test("of a branch that is not there nothing is asked", async () => {
  const server = await serve(repository(DONE));
  const outcome = await connect(server.url).journal.compact({ commit: undefined, files: new Map() }, "Why");
  expect([outcome, server.seen]).toEqual([{ kind: "lost" }, []]);
});

test.each<readonly [string, Reply]>([
  ["lost", failing("STALE_DATA", "Expected another")],
  ["unknown", failing("UNPROCESSABLE", "something")],
  ["unknown", failing(undefined, "Something went wrong while executing your query.")],
  ["unknown", { status: 200, body: { data: null } }],
  ["unknown", { status: 200, body: [] }],
  ["unknown", { status: 502 }],
  ["unknown", "reset"],
  ["unknown", "half"],
  ["unknown", "hang"],
])("a compaction is %s after %j, and is asked for once", async (kind, move) => {
  const server = await serve(repository(move));
  const { journal } = connect(server.url, { timeoutMilliseconds: 60 });
  expect(await journal.compact(FROM, "Why")).toEqual({ kind });
  expect(server.seen.filter(({ target }) => target === "/graphql")).toHaveLength(1);
});

test.each<readonly [string, Reply]>([
  ["may not write", failing("FORBIDDEN", "Resource not accessible by integration")],
  ["may not write", failing("NOT_FOUND", "Could not resolve to a node")],
  ["ruleset", failing("UNPROCESSABLE", "Repository rule violations found")],
  ["may not use", { status: 403, body: { message: "no" } }],
])("one that is refused says why: %s", async (words, move) => {
  const server = await serve(repository(move));
  await expect(connect(server.url).journal.compact(FROM, "Why")).rejects.toMatchObject({
    code: "store_refused",
    message: expect.stringContaining(words) as string,
  });
});
