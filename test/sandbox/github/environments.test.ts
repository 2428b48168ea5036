import { describe, expect, it } from "vitest";
import type { TestClient } from "./client.ts";
import { connect, PATH, REPOSITORY } from "./client.ts";

const ENVIRONMENT = `${PATH}/environments/production`;
const POLICIES = `${ENVIRONMENT}/deployment-branch-policies`;
const CUSTOM = { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } };
const PROTECTED = { deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } };
const RULES = { wait_timer: 30, prevent_self_review: true, reviewers: [{ type: "User", id: 7 }] };

/** In a repository where every rule is to be had. */
async function connectToEnterprise(): Promise<TestClient> {
  const client = await connect();
  client.sandbox.repository(REPOSITORY).plan = "enterprise";
  return client;
}

describe("an environment", () => {
  it("is made by the first PUT, keeps its secrets through the next, and is open to all branches until told", async () => {
    const { send, seal } = await connect();
    expect((await send("GET", ENVIRONMENT)).status).toBe(404);
    expect((await send("PUT", ENVIRONMENT)).body).toMatchObject({ deployment_branch_policy: null });
    await seal(`${ENVIRONMENT}/secrets`, "TOKEN", "one");
    const { body } = await send("PUT", ENVIRONMENT, CUSTOM);
    expect(body).toMatchObject({ ...CUSTOM, protection_rules: [{ type: "branch_policy" }] });
    expect((await send("GET", `${ENVIRONMENT}/secrets`)).body).toMatchObject({ total_count: 1 });
  });

  it("may be made with a body of null, and deleted with its secrets", async () => {
    const { send, seal } = await connect();
    expect((await send("PUT", ENVIRONMENT, null)).status).toBe(200);
    await seal(`${ENVIRONMENT}/secrets`, "TOKEN", "one");
    expect((await send("DELETE", ENVIRONMENT)).status).toBe(204);
    expect((await send("DELETE", ENVIRONMENT)).status).toBe(404);
    await send("PUT", ENVIRONMENT);
    expect((await send("GET", `${ENVIRONMENT}/secrets`)).body).toMatchObject({ total_count: 0 });
  });

  it.each([true, false])("cannot have protected and custom branches both %s", async (both) => {
    const { send } = await connect();
    const policy = { protected_branches: both, custom_branch_policies: both };
    expect((await send("PUT", ENVIRONMENT, { deployment_branch_policy: policy })).status).toBe(422);
    expect((await send("GET", ENVIRONMENT)).status).toBe(404);
  });

  it("shows its reviewers and its wait timer", async () => {
    const { send } = await connectToEnterprise();
    const reviewers = [...RULES.reviewers, { type: "Team", id: 8 }];
    await send("PUT", ENVIRONMENT, { ...RULES, reviewers });
    const shown = [
      { type: "User", reviewer: { id: 7 } },
      { type: "Team", reviewer: { id: 8 } },
    ];
    expect((await send("GET", ENVIRONMENT)).body).toMatchObject({
      protection_rules: [
        { type: "wait_timer", wait_timer: 30 },
        { type: "required_reviewers", prevent_self_review: true, reviewers: shown },
      ],
    });
  });

  it.each([
    { wait_timer: 43_201 },
    { reviewers: Array.from({ length: 7 }, (_, id) => ({ type: "User", id })) },
  ])("takes no more than GitHub's most of %j", async (settings) => {
    const { send } = await connectToEnterprise();
    expect((await send("PUT", ENVIRONMENT, settings)).status).toBe(422);
  });

  it.each(["reset", "kept"] as const)("has what a PUT leaves out %s, as the test says", async (fate) => {
    const { sandbox, send } = await connectToEnterprise();
    sandbox.omittedSettings = fate;
    await send("PUT", ENVIRONMENT, RULES);
    const { body } = await send("PUT", ENVIRONMENT, CUSTOM);
    const types = (body as { protection_rules: { type: string }[] }).protection_rules.map(({ type }) => type);
    expect(types).toEqual(
      fate === "reset" ? ["branch_policy"] : ["wait_timer", "required_reviewers", "branch_policy"],
    );
  });
});

describe("a plan", () => {
  it.each([{ wait_timer: 0 }, { prevent_self_review: false }, { reviewers: null }, { reviewers: [] }])(
    "below Enterprise refuses %j in a private repository, and takes a branch policy",
    async (settings) => {
      const { sandbox, send } = await connect();
      expect((await send("PUT", ENVIRONMENT, settings)).status).toBe(422);
      expect((await send("PUT", ENVIRONMENT, CUSTOM)).status).toBe(200);
      sandbox.repository(REPOSITORY).visibility = "public";
      expect((await send("PUT", ENVIRONMENT, settings)).status).toBe(200);
    },
  );

  it("without environments hides those of a private repository, and their secrets", async () => {
    const { sandbox, send, seal } = await connect();
    await send("PUT", ENVIRONMENT, CUSTOM);
    await seal(`${ENVIRONMENT}/secrets`, "TOKEN", "one");
    sandbox.repository(REPOSITORY).plan = "free";
    for (const path of [`${PATH}/environments`, ENVIRONMENT, POLICIES, `${ENVIRONMENT}/secrets/public-key`]) {
      expect((await send("GET", path)).status).toBe(404);
    }
    expect((await send("PUT", ENVIRONMENT)).status).toBe(404);
    sandbox.repository(REPOSITORY).visibility = "public";
    expect((await send("GET", `${ENVIRONMENT}/secrets`)).body).toMatchObject({ total_count: 1 });
  });
});

describe("branch policies", () => {
  it("take a name once a type, and go with the policy", async () => {
    const { send } = await connect();
    await send("PUT", ENVIRONMENT, CUSTOM);
    expect((await send("POST", POLICIES, { name: "main" })).status).toBe(200);
    expect((await send("POST", POLICIES, { name: "main" })).status).toBe(303);
    expect((await send("POST", POLICIES, { name: "main", type: "tag" })).status).toBe(200);
    expect((await send("GET", POLICIES)).body).toMatchObject({
      total_count: 2,
      branch_policies: [
        { name: "main", type: "branch" },
        { name: "main", type: "tag" },
      ],
    });
    await send("PUT", ENVIRONMENT);
    expect((await send("GET", POLICIES)).body).toMatchObject({ total_count: 0 });
  });

  it("are renamed in their place", async () => {
    const { send } = await connect();
    await send("PUT", ENVIRONMENT, CUSTOM);
    const { body } = await send("POST", POLICIES, { name: "main" });
    const policy = `${POLICIES}/${String((body as { id: number }).id)}`;
    await send("PUT", policy, { name: "release/*" });
    expect((await send("GET", policy)).body).toMatchObject({ ...(body as object), name: "release/*" });
  });

  it("are not taken where every branch may deploy, and not listed where the protected may", async () => {
    const { send } = await connect();
    await send("PUT", ENVIRONMENT);
    expect((await send("POST", POLICIES, { name: "main" })).status).toBe(404);
    await send("PUT", ENVIRONMENT, PROTECTED);
    expect((await send("GET", POLICIES)).status).toBe(404);
  });
});
