import { randomBytes } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { nodeHttpServer } from "../../../src/adapters/http-server.ts";
import type { GitHub, Journal, JournalChange, StoreTarget, SwapOutcome } from "../../../src/github.ts";
import { EVERY_PERMISSION } from "../../../src/sandbox/github/permissions.ts";
import type { Permissions } from "../../../src/sandbox/github/permissions.ts";
import { GitHubSandbox } from "../../../src/sandbox/github/sandbox.ts";
import { Secret } from "../../../src/secret.ts";
import { CANARY_NAME, proveStore } from "../../../src/stores/prove.ts";
import { createSealer } from "../../../src/stores/sealer.ts";
import { checkedHandler } from "../../support/github-contract.ts";
import { connect, StoppedClock } from "./server.ts";

const REPOSITORY = "acme/credentials";
const BRANCH = "sealring-state";
const ENVIRONMENT: StoreTarget = { kind: "environment", repository: REPOSITORY, environment: "sealring" };

const STORES: readonly StoreTarget[] = [
  ENVIRONMENT,
  ...(["actions", "dependabot", "codespaces"] as const).flatMap((app): StoreTarget[] => [
    { kind: "repository", repository: REPOSITORY, app },
    {
      kind: "organization",
      organization: "acme",
      app,
      visibility: "selected",
      repositories: ["credentials"],
    },
  ]),
];

let clock: StoppedClock;
let sandbox: GitHubSandbox;
let origin: string;

/** Every request is held to GitHub's own description, and so is every answer. */
beforeEach(async () => {
  clock = new StoppedClock();
  sandbox = await GitHubSandbox.create(clock, randomBytes);
  sandbox.addOrganization("acme");
  sandbox.addRepository(REPOSITORY);
  sandbox.addEnvironment(REPOSITORY, "sealring");
  const violations: string[] = [];
  const server = await nodeHttpServer.serve(
    { kind: "loopback", port: 0 },
    checkedHandler(sandbox.handler, violations),
  );
  origin = server.origin;
  return async () => {
    await server.close();
    expect(violations).toEqual([]);
  };
});

function open(permissions: Permissions = EVERY_PERMISSION): GitHub {
  const { value } = sandbox.addToken({
    kind: "personal",
    login: "octocat",
    permissions,
    repositories: "all",
  });
  return connect(origin, { clock, token: new Secret(value), journalToken: new Secret(value) });
}

test.each(STORES)("a value that is sealed to %j is what its readers get", async (target) => {
  const { stores } = open();
  const sealer = createSealer(stores);
  await proveStore({ target, names: ["A"] }, stores, sealer);
  expect(await sealer.sealAndPut(target, "A", new Secret("first ☃"))).toBe("created");
  expect(await sealer.sealAndPut(target, "A", new Secret("second"))).toBe("updated");
  expect(sandbox.revealSecret(target, "A")).toBe("second");
  expect((await stores.room(target)).secrets.map(({ name }) => name)).toEqual(["A", CANARY_NAME]);
  expect(await sealer.delete(target, "A")).toBe("deleted");
  expect(await sealer.delete(target, "A")).toBe("absent");
});

test.each(STORES)("a key that %j has changed meanwhile costs one more sealing", async (target) => {
  const sealer = createSealer(open().stores);
  const box = await sealer.seal(target, new Secret("token"));
  sandbox.rotateKey(target);
  const reseal = () => sealer.seal(target, new Secret("token"));
  expect(await sealer.put(target, { name: "A", box, reseal })).toBe("created");
  expect(sandbox.revealSecret(target, "A")).toBe("token");
});

test("the largest value that is sealed is taken", async () => {
  const value = "x".repeat(48 * 1024 - 48);
  await createSealer(open().stores).sealAndPut(ENVIRONMENT, "A", new Secret(value));
  expect(sandbox.revealSecret(ENVIRONMENT, "A")).toBe(value);
});

test("an environment that is not there is named, with the command that creates it", async () => {
  const target: StoreTarget = { ...ENVIRONMENT, environment: "prod/eu" };
  await expect(open().stores.publicKey(target)).rejects.toMatchObject({
    code: "store_refused",
    hint: expect.stringContaining("gh api -X PUT repos/acme/credentials/environments/prod%2Feu") as string,
  });
});

test("a token without the permission is told which", async () => {
  const { stores } = open({ metadata: "read" });
  await expect(stores.publicKey(ENVIRONMENT)).rejects.toThrow('"Environments: Read-only" (repository)');
});

test("the journal is written, read back by others, and its commits are git's", async () => {
  const writer = open().journal;
  const empty = await writer.head();
  expect(empty.commit).toBeUndefined();
  const first = won(
    await writer.swap(empty, change({ "README.md": "# Ünicode\n", "credentials/oura.json": "{}\n" })),
  );
  const second = won(
    await writer.swap(first, change({ "wal/oura.json": "box", "credentials/oura.json": undefined })),
  );
  const reader = open().journal;
  expect(await reader.head()).toEqual(second);
  expect(await reader.read(second.files.get("README.md") ?? "")).toBe("# Ünicode\n");
  expect([...second.files.keys()].toSorted()).toEqual(["README.md", "wal/oura.json"]);
  expect(sandbox.commits(REPOSITORY, BRANCH).map(({ id }) => id)).toEqual([second.commit, first.commit]);
});

test("of two writers on one snapshot one wins, whether the branch is there or not", async () => {
  for (const round of ["create", "move"]) {
    const one = open().journal;
    const other = open().journal;
    const from = await one.head();
    const outcomes = await Promise.all(
      [one, other].map((each, index) => each.swap(from, change({ [round]: String(index) }))),
    );
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["lost", "won"]);
  }
});

test("eight writers that try until they win lose nobody's file", async () => {
  const names = Array.from({ length: 8 }, (_, index) => `credentials/${String(index)}.json`);
  await Promise.all(names.map((name) => writeUntilWon(open().journal, change({ [name]: name }))));
  const { files } = await open().journal.head();
  expect([...files.keys()].toSorted()).toEqual(names);
  expect(sandbox.commits(REPOSITORY, BRANCH)).toHaveLength(8);
});

test("a move whose answer is lost has been made once, and is found by reading again", async () => {
  const { journal } = open();
  const first = won(await journal.swap(await journal.head(), change({ a: "1" })));
  sandbox.faults.fail("git/update-ref", { kind: "lose_answer" });
  expect(await journal.swap(first, change({ a: "2" }))).toEqual({ kind: "unknown" });
  const { commit, files } = await journal.head();
  expect(sandbox.commits(REPOSITORY, BRANCH).map(({ id }) => id)).toEqual([commit, first.commit]);
  expect(await journal.read(files.get("a") ?? "")).toBe("2");
});

test("a run is running until its jobs have ended, and a dispatch starts another", async () => {
  const { runs } = open();
  const run = sandbox.runs.start(REPOSITORY);
  const startedAt = clock.now();
  expect(await runs.state({ runId: String(run.id), attempt: 1, jobId: undefined })).toEqual({
    kind: "running",
    startedAt,
  });
  await clock.sleep(60_000);
  sandbox.runs.end(run);
  expect(await runs.state({ runId: String(run.id), attempt: 1, jobId: undefined })).toEqual({
    kind: "ended",
    startedAt,
    endedAt: clock.now(),
  });
  expect(await runs.state({ runId: String(run.id), attempt: 2, jobId: undefined })).toEqual({
    kind: "unknown",
  });
  await runs.dispatch("sealring.yml", {});
  expect(sandbox.repository(REPOSITORY).runs.size).toBe(2);
});

test("a job has a start and an end of its own, whatever else its run does", async () => {
  const { runs } = open();
  const run = sandbox.runs.queue(REPOSITORY);
  const [first] = run.attempts[0]?.jobs ?? [];
  if (first === undefined) throw new Error("the run has no job");
  const state = ({ id }: { id: number }) =>
    runs.state({ runId: String(run.id), attempt: 1, jobId: String(id) });
  const queuedAt = clock.now();
  expect(await state(first)).toEqual({ kind: "running", startedAt: queuedAt });
  await clock.sleep(60_000);
  sandbox.runs.startJob(first);
  const startedAt = clock.now();
  expect(await state(first)).toEqual({ kind: "running", startedAt });
  const second = sandbox.runs.addJob(run, "publish");
  await clock.sleep(60_000);
  sandbox.runs.startJob(second);
  sandbox.runs.endJob(first);
  expect(await state(first)).toEqual({ kind: "ended", startedAt, endedAt: clock.now() });
  expect(await state(second)).toEqual({ kind: "running", startedAt: clock.now() });
});

test("300 secrets and a journal go in without one answer that a limit is exceeded", async () => {
  sandbox.addEnvironment(REPOSITORY, "other");
  sandbox.addEnvironment(REPOSITORY, "third");
  const { stores, journal } = open();
  const sealer = createSealer(stores);
  const targets = ["sealring", "other", "third"].map((environment): StoreTarget => ({
    ...ENVIRONMENT,
    environment,
  }));
  const names = Array.from({ length: 100 }, (_, index) => `S${String(index)}`);
  await Promise.all([
    ...targets.flatMap((target) => names.map((name) => sealer.sealAndPut(target, name, new Secret(name)))),
    writeUntilWon(journal, change({ a: "1" })),
  ]);
  expect(sandbox.log.filter(({ status }) => status === 403)).toEqual([]);
  expect(targets.map((target) => sandbox.revealSecrets(target).size)).toEqual([100, 100, 100]);
});

function change(files: Readonly<Record<string, string | undefined>>): JournalChange {
  return { message: "Test", files: new Map(Object.entries(files)) };
}

function won(outcome: SwapOutcome) {
  if (outcome.kind !== "won") throw new Error(`the swap was ${outcome.kind}`);
  return outcome.snapshot;
}

async function writeUntilWon(journal: Journal, wanted: JournalChange): Promise<void> {
  for (;;) {
    const outcome = await journal.swap(await journal.head(), wanted);
    if (outcome.kind === "won") return;
  }
}
