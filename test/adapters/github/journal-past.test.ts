import { validate } from "@octokit/graphql-schema";
import { describe, expect, it, test } from "vitest";
import { filesQuery } from "../../../src/adapters/github/journal-past.ts";
import { REPOSITORY, startSandbox } from "./on-sandbox.ts";
import { connect, serve } from "./server.ts";
import type { Reply } from "./server.ts";

const PATH = "credentials/oura.json";
const COMMITS = Array.from({ length: 105 }, (_, index) => String(index).padStart(40, "a"));

test("GitHub's own schema takes the query", () => {
  expect(validate(filesQuery(REPOSITORY, PATH, COMMITS))).toEqual([]);
  expect(filesQuery(REPOSITORY, PATH, ["c"])).toContain('b0: object(expression: "c:credentials/oura.json")');
});

/** A state branch whose file was set, changed, removed and set again; the commits' ids, oldest first. */
async function changedFile() {
  const { sandbox, withPermissions } = await startSandbox((handler) => handler);
  const { journal } = withPermissions();
  const ids: string[] = [];
  for (const text of ["one", "two", undefined, "four"]) {
    const files = new Map([[PATH, text]]);
    await journal.swap(await journal.head(), { message: "change", files });
    ids.push(sandbox.commits(REPOSITORY, "sealring-state")[0]?.id ?? "");
  }
  return { journal: withPermissions().journal, ids };
}

describe("a file at commits of the past", () => {
  it("is read as it was at each, and left out where it was not there", async () => {
    const { journal, ids } = await changedFile();
    const [first = "", second = "", removed = "", last = ""] = ids;
    const texts = await journal.readAt(PATH, [last, removed, first, second]);
    expect(texts).toEqual(
      new Map([
        [last, "four"],
        [first, "one"],
        [second, "two"],
      ]),
    );
  });

  it("is left out for a commit that there is not, a path that there is not, and a folder", async () => {
    const { journal, ids } = await changedFile();
    const [first = ""] = ids;
    expect(await journal.readAt(PATH, ["f".repeat(40), first])).toEqual(new Map([[first, "one"]]));
    expect(await journal.readAt("credentials/other.json", ids)).toEqual(new Map());
    expect(await journal.readAt("credentials", ids)).toEqual(new Map());
  });

  it("is asked for by one query for each hundred, and by none for nothing or for what is no commit", async () => {
    const server = await serve(() => ({ status: 200, body: { data: { repository: {} } } }));
    const { journal } = connect(server.url);
    expect(await journal.readAt(PATH, [...COMMITS, ...COMMITS])).toEqual(new Map());
    expect(server.seen.map(({ target }) => target)).toEqual(["/graphql", "/graphql"]);
    await journal.readAt(PATH, []);
    await journal.readAt(PATH, ['"){x}', "main"]);
    expect(server.seen).toHaveLength(2);
  });

  it("is left out where its text came cut", async () => {
    const blob = { text: "half", isTruncated: true };
    const server = await serve(() => ({ status: 200, body: { data: { repository: { b0: blob } } } }));
    expect(await connect(server.url).journal.readAt(PATH, COMMITS.slice(0, 1))).toEqual(new Map());
  });
});

test.each<readonly [string, Reply]>([
  ["store_refused", { status: 403, body: { message: "no" } }],
  ["transient", { status: 502 }],
  ["transient", { status: 200, body: { errors: [{ type: "NOT_FOUND", message: "no" }] } }],
])("where the query cannot be answered it fails: %s", async (code, reply) => {
  const server = await serve(() => reply);
  const failure = connect(server.url).journal.readAt(PATH, COMMITS);
  await expect(failure).rejects.toMatchObject({ code });
});
