import { describe, expect, it } from "vitest";
import { DOCUMENTED_LIMITS } from "../../../src/sandbox/github/limits.ts";
import type { Reply, TestClient } from "./client.ts";
import { connect, PATH, REPOSITORY, sender } from "./client.ts";

const SECRETS = `${PATH}/environments/sealring/secrets`;
const ISSUE = { title: "t" };

async function times(count: number, work: () => Promise<Reply>): Promise<Reply> {
  let last = await work();
  for (let done = 1; done < count; done += 1) last = await work();
  return last;
}

describe("the hour's limit", () => {
  it("is told with every answer, and not counted down by asking for it", async () => {
    const { send } = await connect();
    await send("GET", "/user");
    const refused = await send("GET", "/repos/acme/nothing");
    expect(refused.headers.get("x-ratelimit-remaining")).toBe("4998");
    const { body, headers } = await send("GET", "/rate_limit");
    expect(body).toMatchObject({ rate: { limit: 5_000, used: 2, remaining: 4_998 } });
    expect(headers.get("x-ratelimit-used")).toBe("2");
  });

  it.each([403, 429] as const)(
    "refuses with %d once it is used up, until the hour is over",
    async (status) => {
      const { sandbox, clock, send } = await connect();
      sandbox.limiter.limits = { requestsPerHour: 1, pointsPerMinute: undefined };
      sandbox.limiter.refusalStatus = status;
      await send("GET", "/user");
      const refused = await send("GET", "/user");
      expect(refused.status).toBe(status);
      expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
      expect(refused.headers.get("x-ratelimit-reset")).toBe(
        String(Date.parse("2026-11-22T13:00:00Z") / 1_000),
      );
      expect(sandbox.limiter.refusals).toMatchObject({ primary: 1, points: 0 });
      clock.passSeconds(3_600);
      expect((await send("GET", "/user")).status).toBe(200);
    },
  );

  it("is GraphQL's own for GraphQL", async () => {
    const { send } = await connect();
    await send("GET", "/user");
    const { headers } = await send("POST", "/graphql", { query: "query { viewer { login } }" });
    expect(headers.get("x-ratelimit-resource")).toBe("graphql");
    expect(headers.get("x-ratelimit-used")).toBe("1");
    const { body } = await send("GET", "/rate_limit");
    expect(body).toMatchObject({ resources: { core: { used: 1 }, graphql: { used: 1 } } });
  });

  it("is shared by a user's tokens", async () => {
    const { sandbox, send } = await connect();
    await send("GET", "/user");
    const asked = { kind: "classic", login: "octocat", permissions: {}, repositories: "all" } as const;
    const other = sender(sandbox, sandbox.addToken(asked).value);
    expect((await other("GET", "/user")).headers.get("x-ratelimit-used")).toBe("2");
  });

  it("is a thousand for all GITHUB_TOKENs of a repository, and sixty for those who do not sign in", async () => {
    const { sandbox } = await connect();
    const run = sandbox.runs.start(REPOSITORY);
    const job = sandbox.runs.addJob(run, "other");
    const tokens = [0, 1].map(() => sandbox.runs.tokenOf(run, job, { contents: "read" }).value);
    for (const token of tokens) await sender(sandbox, token)("GET", PATH);
    const { headers } = await sender(sandbox, tokens[0] ?? "")("GET", PATH);
    expect([headers.get("x-ratelimit-limit"), headers.get("x-ratelimit-used")]).toEqual(["1000", "3"]);
    const { response } = await sandbox.handler(new Request("http://127.0.0.1/"));
    expect(response.headers.get("x-ratelimit-limit")).toBe("60");
  });
});

describe("a secondary limit", () => {
  it("is 900 points a minute, of which writing costs five", async () => {
    const { clock, sandbox, send } = await connect();
    await times(179, () => send("DELETE", `${SECRETS}/TOKEN`));
    await times(4, () => send("GET", SECRETS));
    clock.passSeconds(20);
    const refused = await send("DELETE", `${SECRETS}/TOKEN`);
    expect(refused.status).toBe(403);
    expect(refused.headers.get("retry-after")).toBe("40");
    expect(sandbox.limiter.refusals.points).toBe(1);
    expect((await send("GET", SECRETS)).status).toBe(200);
    clock.passSeconds(40);
    expect((await send("DELETE", `${SECRETS}/TOKEN`)).status).toBe(404);
  });

  it("slides: what was used late in one minute counts early in the next", async () => {
    const { clock, send } = await connect();
    await send("GET", SECRETS);
    clock.passSeconds(59);
    await times(179, () => send("DELETE", `${SECRETS}/TOKEN`));
    clock.passSeconds(2);
    const { status, headers } = await times(2, () => send("DELETE", `${SECRETS}/TOKEN`));
    expect([status, headers.get("retry-after")]).toEqual([403, "58"]);
  });

  it("counts what asks for the limit, too", async () => {
    const { sandbox, send } = await connect();
    sandbox.limiter.limits = { ...DOCUMENTED_LIMITS, pointsPerMinute: 1 };
    await send("GET", "/rate_limit");
    expect((await send("GET", "/rate_limit")).status).toBe(403);
  });

  it("is 80 pieces of content a minute and 500 an hour, among which secrets are none", async () => {
    const { clock, sandbox, send, seal } = await connect();
    const create = (): Promise<Reply> => send("POST", `${PATH}/issues`, ISSUE);
    expect((await times(80, create)).status).toBe(201);
    expect((await create()).headers.get("retry-after")).toBe("60");
    expect((await seal(SECRETS, "TOKEN", "one")).status).toBe(201);
    for (let minutes = 0; minutes < 5; minutes += 1) {
      clock.passSeconds(60);
      await times(80, create);
    }
    clock.passSeconds(60);
    expect((await times(20, create)).status).toBe(201);
    expect((await create()).headers.get("retry-after")).toBe(String(3_600 - 6 * 60));
    expect(sandbox.limiter.refusals).toMatchObject({ content_a_minute: 1, content_an_hour: 1 });
  });

  it("is a hundred requests at once", async () => {
    const { sandbox, send } = await connect();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let arrived = 0;
    const all = new Promise<void>((resolve) => {
      sandbox.faults.before("users/get-authenticated", () => {
        arrived += 1;
        if (arrived === 101) resolve();
        return held;
      });
    });
    const asked = Array.from({ length: 101 }, () => send("GET", "/user"));
    await all;
    letGo();
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 403)).toHaveLength(1);
    expect(sandbox.limiter.refusals.concurrent).toBe(1);
    expect((await send("GET", "/user")).status).toBe(200);
  });
});

it("a log that is stopped is empty, and stays so", async () => {
  const { sandbox, send }: TestClient = await connect();
  await send("GET", "/user");
  expect(sandbox.log).toHaveLength(1);
  sandbox.stopLogging();
  await send("GET", "/user");
  expect(sandbox.log).toEqual([]);
});
