import { describe, expect, it } from "vitest";
import { connect, PATH } from "./client.ts";

const ENVIRONMENT = `${PATH}/environments/production`;
const POLICIES = `${ENVIRONMENT}/deployment-branch-policies`;
const CUSTOM = { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } };

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

  it("cannot have protected and custom branches at once", async () => {
    const { send } = await connect();
    const both = { protected_branches: true, custom_branch_policies: true };
    expect((await send("PUT", ENVIRONMENT, { deployment_branch_policy: both })).status).toBe(422);
    expect((await send("GET", ENVIRONMENT)).status).toBe(404);
  });

  it("takes a branch's name once, and loses all of them with the policy", async () => {
    const { send } = await connect();
    await send("PUT", ENVIRONMENT, CUSTOM);
    expect((await send("POST", POLICIES, { name: "main" })).status).toBe(200);
    expect((await send("POST", POLICIES, { name: "main" })).status).toBe(303);
    expect((await send("GET", POLICIES)).body).toMatchObject({
      total_count: 1,
      branch_policies: [{ name: "main" }],
    });
    await send("PUT", ENVIRONMENT);
    expect((await send("GET", POLICIES)).body).toMatchObject({ total_count: 0 });
  });

  it("takes no branch's name where every branch may deploy", async () => {
    const { send } = await connect();
    await send("PUT", ENVIRONMENT);
    expect((await send("POST", POLICIES, { name: "main" })).status).toBe(404);
  });
});
