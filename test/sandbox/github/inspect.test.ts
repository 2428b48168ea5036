import { expect, it } from "vitest";
import { connect, PATH, REPOSITORY, sealTo } from "./client.ts";

it("a test sees the files of a branch and of each of its commits", async () => {
  const { sandbox, send } = await connect();
  const [head] = sandbox.commits(REPOSITORY, "main");
  const entry = { path: "credentials/oura.json", mode: "100644", type: "blob", content: "{}" };
  const made = await send("POST", `${PATH}/git/trees`, { base_tree: head?.tree, tree: [entry] });
  const { sha: tree } = made.body as { sha: string };
  const parents = [head?.id];
  const committed = await send("POST", `${PATH}/git/commits`, { message: "Declare oura", tree, parents });
  const { sha } = committed.body as { sha: string };
  await send("PATCH", `${PATH}/git/refs/heads/main`, { sha });
  expect(sandbox.commits(REPOSITORY, "main").map(({ message }) => message)).toEqual([
    "Declare oura",
    "Initial commit",
  ]);
  expect(sandbox.fileAt(REPOSITORY, "main", "credentials/oura.json")).toBe("{}");
  expect(sandbox.fileAt(REPOSITORY, "main", "credentials/strava.json")).toBeUndefined();
  expect([...sandbox.filesOf(REPOSITORY, head?.id ?? "").keys()]).toEqual(["README.md"]);
  expect(sandbox.commits(REPOSITORY, "nowhere")).toEqual([]);
});

it("a test sees an organization's secret", async () => {
  const { sandbox, send } = await connect();
  const path = "/orgs/acme/dependabot/secrets";
  const { body } = await send("GET", `${path}/public-key`);
  const { key, key_id } = body as { key: string; key_id: string };
  await send("PUT", `${path}/TOKEN`, { key_id, encrypted_value: sealTo(key, "one"), visibility: "all" });
  const place = { kind: "organization", organization: "acme", visibility: "all", repositories: [] } as const;
  expect(sandbox.revealSecret({ ...place, app: "dependabot" }, "TOKEN")).toBe("one");
  expect(sandbox.revealSecret({ ...place, app: "actions" }, "TOKEN")).toBeUndefined();
});

it("a place that the sandbox does not have is a fault of the test", async () => {
  const { sandbox } = await connect();
  expect(() => sandbox.commits("acme/nothing", "main")).toThrow("the sandbox has no acme/nothing");
});
