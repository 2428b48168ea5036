import { describe, expect, it, onTestFinished } from "vitest";
import { nodeHttpServer } from "../../src/adapters/http-server.ts";
import { GitHubSandbox } from "../../src/sandbox/github/sandbox.ts";
import { ManualClock } from "./clock.ts";
import { randomBytes } from "node:crypto";

const REF = { owner: "acme", path: "/repos/acme/health-pipeline/git/refs" };

/** A GitHub over HTTP, and a request that creates a branch there. */
async function start(): Promise<{
  readonly sandbox: GitHubSandbox;
  readonly clock: ManualClock;
  readonly createBranch: (name: string) => Promise<Response>;
  readonly branches: () => string[];
}> {
  const clock = new ManualClock();
  const sandbox = await GitHubSandbox.create(clock, randomBytes);
  const repository = sandbox.addRepository("acme/health-pipeline");
  const permissions = { contents: "write" } as const;
  const token = sandbox.addToken({ kind: "personal", login: "octocat", permissions, repositories: "all" });
  const server = await nodeHttpServer.serve({ kind: "loopback", port: 0 }, sandbox.handler);
  onTestFinished(() => server.close());
  const headers = { authorization: `Bearer ${token.value}` };
  const sha = sandbox.commits("acme/health-pipeline", "main")[0]?.id;
  const createBranch = (name: string): Promise<Response> => {
    const body = JSON.stringify({ ref: `refs/heads/${name}`, sha });
    return fetch(server.origin + REF.path, { method: "POST", headers, body });
  };
  const branches = (): string[] =>
    [...repository.refs.keys()].map((ref) => ref.replace("refs/heads/", "")).slice(1);
  return { sandbox, clock, createBranch, branches };
}

describe("a fault", () => {
  it("answers instead of the server as often as it is ordered to", async () => {
    const { sandbox, createBranch, branches } = await start();
    const answer = (): Response => new Response(null, { status: 503 });
    sandbox.faults.fail("git/create-ref", { kind: "answer_instead", answer }, 2);
    expect((await createBranch("a")).status).toBe(503);
    expect((await createBranch("b")).status).toBe(503);
    expect((await createBranch("c")).status).toBe(201);
    expect(branches()).toEqual(["c"]);
  });

  it("loses an answer after the work is done", async () => {
    const { sandbox, createBranch, branches } = await start();
    sandbox.faults.fail("git/create-ref", { kind: "lose_answer" });
    await expect(createBranch("a")).rejects.toThrow("fetch failed");
    expect(branches()).toEqual(["a"]);
    expect(sandbox.log.at(-1)).toMatchObject({ operation: "git/create-ref", status: 201, delivery: "none" });
  });

  it("cuts an answer in the middle after the work is done", async () => {
    const { sandbox, createBranch, branches } = await start();
    sandbox.faults.fail("git/create-ref", { kind: "truncate_answer" });
    const response = await createBranch("a");
    expect(response.status).toBe(201);
    await expect(response.text()).rejects.toThrow("terminated");
    expect(branches()).toEqual(["a"]);
  });

  it("drops a request before anything is done", async () => {
    const { sandbox, createBranch, branches } = await start();
    sandbox.faults.fail("git/create-ref", { kind: "drop_request" });
    await expect(createBranch("a")).rejects.toThrow("fetch failed");
    expect(branches()).toEqual([]);
  });

  it("puts other words into the server's mouth", async () => {
    const { sandbox, createBranch, branches } = await start();
    const rewrite = (answer: Response): Response => new Response("<html>", { status: answer.status });
    sandbox.faults.fail("git/create-ref", { kind: "rewrite_answer", rewrite });
    expect(await (await createBranch("a")).text()).toBe("<html>");
    expect(branches()).toEqual(["a"]);
  });

  it("strikes what a function picks, and nothing once it is forgotten", async () => {
    const { sandbox, createBranch } = await start();
    const answer = (): Response => new Response(null, { status: 500 });
    sandbox.faults.fail(
      ({ body }) => body["ref"] === "refs/heads/b",
      { kind: "answer_instead", answer },
      Infinity,
    );
    expect((await createBranch("a")).status).toBe(201);
    expect((await createBranch("b")).status).toBe(500);
    sandbox.faults.clear();
    expect((await createBranch("b")).status).toBe(201);
  });
});

it("a delay passes before a request is looked at", async () => {
  const { sandbox, clock, createBranch } = await start();
  sandbox.faults.delay("git/create-ref", 50);
  const before = clock.now().getTime();
  await createBranch("a");
  expect(clock.now().getTime() - before).toBe(50);
});

it("hooks run before and after the work, so that another may come first", async () => {
  const { sandbox, createBranch, branches } = await start();
  const seen: string[][] = [];
  sandbox.faults.before("git/create-ref", () => void seen.push(branches()));
  sandbox.faults.after("git/create-ref", () => void seen.push(branches()));
  await createBranch("a");
  expect(seen).toEqual([[], ["a"]]);
});
