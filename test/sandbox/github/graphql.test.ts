import { validate } from "@octokit/graphql-schema";
import { describe, expect, it, test } from "vitest";
import { UPDATE_REFS } from "../../../src/adapters/github/journal-compaction.ts";
import { VIEWER } from "../../../src/adapters/github/own-issues.ts";
import type { TestClient } from "./client.ts";
import { connect, PATH, REPOSITORY, sender } from "./client.ts";

const FAR = "0123456789012345678901234567890123456789";

/** Two commits without a common one, the first of them the branch's. */
async function twoHistories(client: TestClient) {
  const shaOf = async (path: string, body: object) =>
    ((await client.send("POST", `${PATH}/git/${path}`, body)).body as { sha: string }).sha;
  const tree = await shaOf("trees", { tree: [{ path: "a", mode: "100644", type: "blob", content: "1" }] });
  const old = await shaOf("commits", { message: "old", tree, parents: [] });
  const alone = await shaOf("commits", { message: "alone", tree, parents: [] });
  await client.send("POST", `${PATH}/git/refs`, { ref: "refs/heads/state", sha: old });
  return { old, alone };
}

async function repositoryId(client: TestClient): Promise<string> {
  return ((await client.send("GET", PATH)).body as { node_id: string }).node_id;
}

async function update(
  client: TestClient,
  oids: { beforeOid: string; afterOid: string },
  query = UPDATE_REFS,
) {
  const variables = { repositoryId: await repositoryId(client), name: "refs/heads/state", ...oids };
  return client.send("POST", "/graphql", { query, variables });
}

function headOf({ sandbox }: TestClient): string | undefined {
  return sandbox.commits(REPOSITORY, "state")[0]?.id;
}

test("GitHub's own schema takes the query, and would not take another field", () => {
  expect(validate(UPDATE_REFS)).toEqual([]);
  expect(validate(UPDATE_REFS.replace("beforeOid:", "expectedOid:"))).not.toEqual([]);
  expect(validate(UPDATE_REFS.replace("$beforeOid: GitObjectID!", "$beforeOid: String!"))).not.toEqual([]);
});

describe("updateRefs", () => {
  it("forces a branch to a commit of another history, when it is where it is said to be", async () => {
    const client = await connect();
    const { old, alone } = await twoHistories(client);
    const reply = await update(client, { beforeOid: old, afterOid: alone });
    expect(reply).toMatchObject({ status: 200, body: { data: { updateRefs: { clientMutationId: null } } } });
    expect(headOf(client)).toBe(alone);
  });

  it("moves nothing when the branch is elsewhere, though it is forced", async () => {
    const client = await connect();
    const { old, alone } = await twoHistories(client);
    const reply = await update(client, { beforeOid: alone, afterOid: alone });
    expect(reply).toMatchObject({ status: 200, body: { errors: [{ type: "UNPROCESSABLE" }] } });
    expect(headOf(client)).toBe(old);
  });

  it("moves to no other history unless it is forced, and to nothing that is no commit", async () => {
    const client = await connect();
    const { old, alone } = await twoHistories(client);
    const unforced = UPDATE_REFS.replace("force: true", "force: false");
    await update(client, { beforeOid: old, afterOid: alone }, unforced);
    await update(client, { beforeOid: old, afterOid: FAR });
    expect(headOf(client)).toBe(old);
  });

  it("is refused to a token that may only read, and to one that does not see the repository", async () => {
    const client = await connect();
    const oids = await twoHistories(client);
    const reader = { kind: "personal", login: "reader", permissions: { contents: "read" } } as const;
    for (const [repositories, type] of [
      ["all", "FORBIDDEN"],
      [["acme/other"], "NOT_FOUND"],
    ] as const) {
      const { value } = client.sandbox.addToken({ ...reader, repositories });
      const variables = {
        repositoryId: await repositoryId(client),
        name: "refs/heads/state",
        beforeOid: oids.old,
        afterOid: oids.alone,
      };
      const reply = await sender(client.sandbox, value)("POST", "/graphql", {
        query: UPDATE_REFS,
        variables,
      });
      expect(reply).toMatchObject({ body: { errors: [{ type }] } });
    }
    expect(headOf(client)).toBe(oids.old);
  });

  it("is, but for the viewer, all that GraphQL has here", async () => {
    const client = await connect();
    const reply = await client.send("POST", "/graphql", { query: "{ viewer { name } }" });
    expect(reply).toMatchObject({ status: 200, body: { errors: [{ type: "undefinedField" }] } });
  });
});

test("the viewer is told to every token, an App's too, to which REST does not tell it", async () => {
  const { sandbox, send } = await connect();
  const repositories = [REPOSITORY];
  const bot = { kind: "installation", login: "github-actions[bot]", permissions: {}, repositories } as const;
  const asBot = sender(sandbox, sandbox.addToken(bot).value);
  const query = { query: VIEWER };
  expect((await asBot("POST", "/graphql", query)).body).toEqual({ data: { viewer: { login: bot.login } } });
  expect((await send("POST", "/graphql", query)).body).toEqual({ data: { viewer: { login: "octocat" } } });
  expect(await asBot("GET", "/user")).toMatchObject({ status: 403 });
});
