import { validate } from "@octokit/graphql-schema";
import { expect, test } from "vitest";
import { blobsQuery } from "../../../src/adapters/github/blobs.ts";
import { connect, serve, StoppedClock } from "./server.ts";
import type { Seen, Server } from "./server.ts";

const IDS = Array.from({ length: 105 }, (_, index) => String(index).padStart(40, "a"));

const textOfId = (id: string) => `text of ${id}`;

/** Knows every blob, by REST; by GraphQL, what `query` gives. */
function blobServer(query: (asked: readonly string[]) => Readonly<Record<string, unknown>>): Promise<Server> {
  return serve((request) => {
    if (request.target === "/graphql") return { status: 200, body: query(asked(request)) };
    const id = request.target.split("/").at(-1) ?? "";
    const content = Buffer.from(textOfId(id)).toString("base64");
    return { status: 200, body: { content, encoding: "base64" } };
  });
}

function asked({ body }: Seen): readonly string[] {
  const { query } = body as { readonly query: string };
  return [...query.matchAll(/oid: "(\w+)"/g)].map(([, id = ""]) => id);
}

/** All of them whole, but for what is changed. */
function given(ids: readonly string[], changed: Readonly<Record<number, unknown>> = {}) {
  const blobs = ids.map((id, index) => [`b${String(index)}`, { text: textOfId(id), isTruncated: false }]);
  const changes = Object.entries(changed).map(([index, blob]) => [`b${index}`, blob]);
  return { data: { repository: Object.fromEntries([...blobs, ...changes]) as object } };
}

function readAll({ url }: Server, ids: readonly string[]): Promise<readonly string[]> {
  const { journal } = connect(url);
  return Promise.all(ids.map((id) => journal.read(id)));
}

const routes = ({ seen }: Server) => seen.map(({ method, target }) => `${method} ${target}`);

test("GitHub's own schema takes the query", () => {
  expect(validate(blobsQuery({ owner: "acme", repo: "credentials" }, IDS))).toEqual([]);
});

test("texts that are asked for in the same turn come by one query for each hundred", async () => {
  const server = await blobServer((ids) => given(ids));
  expect(await readAll(server, IDS)).toEqual(IDS.map(textOfId));
  expect(routes(server)).toEqual(["POST /graphql", "POST /graphql"]);
});

test("a few are read one by one, and what was read is not asked for again", async () => {
  const server = await blobServer((ids) => given(ids));
  const { journal } = connect(server.url);
  const [one = ""] = IDS;
  expect(await journal.read(one)).toBe(textOfId(one));
  expect(await journal.read(one)).toBe(textOfId(one));
  expect(routes(server)).toEqual([`GET /repos/acme/credentials/git/blobs/${one}`]);
});

test("one that two ask for at once is given to both", async () => {
  const server = await blobServer((ids) => given(ids));
  const ids = ["a", "b", "c", "d", "a"].map((letter) => letter.repeat(40));
  expect(await readAll(server, ids)).toEqual(ids.map(textOfId));
});

test.each([
  ["cut", { text: "half", isTruncated: true }],
  ["not there yet", null],
  ["no text", { text: null, isTruncated: false }],
])("what the query gives as %s is read by itself", async (_, blob) => {
  const server = await blobServer((ids) => given(ids, { 2: blob }));
  const ids = IDS.slice(0, 5);
  expect(await readAll(server, ids)).toEqual(ids.map(textOfId));
  expect(routes(server)).toEqual(["POST /graphql", `GET /repos/acme/credentials/git/blobs/${ids[2] ?? ""}`]);
});

test("where there is no GraphQL, each is read by itself", async () => {
  const server = await blobServer(() => ({ errors: [{ type: "NOT_FOUND", message: "no" }] }));
  const ids = IDS.slice(0, 5);
  expect(await readAll(server, ids)).toEqual(ids.map(textOfId));
  expect(server.seen).toHaveLength(6);
});

test("a query counts as the reading that it is, and makes no content", async () => {
  const server = await blobServer((ids) => given(ids));
  const clock = new StoppedClock();
  const { journal } = connect(server.url, { clock });
  for (let round = 0; round < 81; round += 1) {
    const ids = ["a", "b", "c", "d"].map((letter) => letter.repeat(30) + String(round).padStart(10, "0"));
    await Promise.all(ids.map((id) => journal.read(id)));
  }
  expect(server.seen).toHaveLength(81);
  expect(clock.slept).toEqual([]);
});
