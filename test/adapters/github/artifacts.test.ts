import { randomBytes } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { nodeHttpServer } from "../../../src/adapters/http-server.ts";
import type { GitHub } from "../../../src/github.ts";
import { EVERY_PERMISSION } from "../../../src/sandbox/github/permissions.ts";
import type { Permissions } from "../../../src/sandbox/github/permissions.ts";
import { GitHubSandbox } from "../../../src/sandbox/github/sandbox.ts";
import { Secret } from "../../../src/secret.ts";
import { checkedHandler } from "../../support/github-contract.ts";
import { connect, StoppedClock } from "./server.ts";

const REPOSITORY = "acme/credentials";
const DOWNLOAD = "artifact-storage/download";

interface Setting {
  readonly sandbox: GitHubSandbox;
  readonly clock: StoppedClock;
  connect(permissions?: Permissions): GitHub;
}

/** A sandbox behind HTTP, every exchange with its API held to GitHub's description. */
async function open(): Promise<Setting> {
  const clock = new StoppedClock();
  const sandbox = await GitHubSandbox.create(clock, randomBytes);
  sandbox.addOrganization("acme");
  sandbox.addRepository(REPOSITORY);
  const violations: string[] = [];
  const handler = checkedHandler(sandbox.handler, violations);
  const { origin, close } = await nodeHttpServer.serve({ kind: "loopback", port: 0 }, handler);
  onTestFinished(async () => {
    await close();
    expect(violations).toEqual([]);
  });
  return {
    sandbox,
    clock,
    connect(permissions = EVERY_PERMISSION) {
      const asked = { kind: "personal", login: "octocat", permissions, repositories: "all" } as const;
      const token = new Secret(sandbox.addToken(asked).value);
      return connect(origin, { clock, token, journalToken: token });
    },
  };
}

test("a credential's boxes come out of a run's artifacts, the newest first", async () => {
  const { sandbox, clock, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  sandbox.runs.upload(run, "sealring-boxes-1", { "oura.box.json": "older", "strava.box.json": "other" });
  await clock.sleep(60_000);
  sandbox.runs.upload(run, "sealring-boxes-2", { "deep/down/oura.box.json": "newer ✓" });
  const { artifacts } = connect({ actions: "read" });
  expect(await artifacts.boxes(String(run.id), "oura")).toEqual(["newer ✓", "older"]);
  expect(await artifacts.boxes(String(run.id), "strava")).toEqual(["other"]);
  expect(await artifacts.boxes(String(run.id), "polar")).toEqual([]);
  const other = sandbox.runs.start(REPOSITORY);
  expect(await artifacts.boxes(String(other.id), "oura")).toEqual([]);
});

test("each artifact is downloaded once, and the list is read again each time", async () => {
  const { sandbox, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  sandbox.runs.upload(run, "sealring-boxes-1", { "oura.box.json": "a" });
  const { artifacts } = connect();
  const names = ["oura", "strava", "polar"];
  await Promise.all(names.map((name) => artifacts.boxes(String(run.id), name)));
  sandbox.runs.upload(run, "sealring-boxes-2", { "strava.box.json": "b" });
  expect(await artifacts.boxes(String(run.id), "strava")).toEqual(["b"]);
  expect(sandbox.log.filter(({ operation }) => operation === DOWNLOAD)).toHaveLength(2);
});

test("artifacts of others, and files that only end like a box, are left alone", async () => {
  const { sandbox, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  sandbox.runs.upload(run, "coverage", { "oura.box.json": "foreign" });
  sandbox.runs.upload(run, "sealring-boxes-1", {
    "my-oura.box.json": "another's",
    "oura.box.json.new": "half",
    "oura.box.json/x": "a folder",
  });
  expect(await connect().artifacts.boxes(String(run.id), "oura")).toEqual([]);
});

test("among hundreds of artifacts the boxes are found", async () => {
  const { sandbox, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  sandbox.runs.upload(run, "sealring-boxes-1", { "oura.box.json": "a" });
  for (let index = 0; index < 250; index += 1) sandbox.runs.upload(run, `test-${String(index)}`, { a: "" });
  expect(await connect().artifacts.boxes(String(run.id), "oura")).toEqual(["a"]);
});

test("of a run that was tried a dozen times the ten newest artifacts are read", async () => {
  const { sandbox, clock, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  for (let attempt = 1; attempt <= 12; attempt += 1) {
    sandbox.runs.upload(run, `sealring-boxes-${String(attempt)}`, { "oura.box.json": String(attempt) });
    await clock.sleep(1_000);
  }
  const newest = ["12", "11", "10", "9", "8", "7", "6", "5", "4", "3"];
  expect(await connect().artifacts.boxes(String(run.id), "oura")).toEqual(newest);
});

test("the boxes of very many credentials are read, megabytes of them", async () => {
  const { sandbox, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  const box = () => randomBytes(100_000).toString("hex");
  const boxes = Array.from({ length: 20 }, (_, index) => [`c${String(index)}.box.json`, box()] as const);
  sandbox.runs.upload(run, "sealring-boxes-1", Object.fromEntries(boxes));
  expect(await connect().artifacts.boxes(String(run.id), "c19")).toEqual([boxes[19]?.[1]]);
});

test("what has expired, before it is listed or after, is no box", async () => {
  const { sandbox, clock, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  sandbox.runs.upload(run, "sealring-boxes-1", { "oura.box.json": "a" });
  const { artifacts } = connect();
  sandbox.faults.after("actions/list-workflow-run-artifacts", () => clock.sleep(91 * 86_400_000));
  expect(await artifacts.boxes(String(run.id), "oura")).toEqual([]);
  expect(sandbox.log.at(-1)).toMatchObject({ operation: "actions/download-artifact", status: 410 });
  expect(await artifacts.boxes(String(run.id), "oura")).toEqual([]);
  expect(sandbox.log.at(-1)).toMatchObject({ operation: "actions/list-workflow-run-artifacts" });
});

test("a run that was deleted has no boxes", async () => {
  const { connect } = await open();
  expect(await connect().artifacts.boxes("4711", "oura")).toEqual([]);
});

test("a download that fails is a fault that passes, and the next try is a new one", async () => {
  const { sandbox, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  sandbox.runs.upload(run, "sealring-boxes-1", { "oura.box.json": "a" });
  const { artifacts } = connect();
  const down = () => new Response(null, { status: 503 });
  for (const fault of [
    { kind: "lose_answer" },
    { kind: "truncate_answer" },
    { kind: "answer_instead", answer: down },
  ] as const) {
    sandbox.faults.fail(DOWNLOAD, fault);
    await expect(artifacts.boxes(String(run.id), "oura")).rejects.toMatchObject({ code: "transient" });
  }
  expect(await artifacts.boxes(String(run.id), "oura")).toEqual(["a"]);
});

test("a token that may not read Actions is told the permission, and not that there is no box", async () => {
  const { sandbox, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  const failure = connect({ contents: "write" }).artifacts.boxes(String(run.id), "oura");
  await expect(failure).rejects.toThrow('"Actions: Read-only" (repository)');
});
