import { SealringError } from "../../errors.ts";
import { ENVIRONMENT, environmentFacts, POLICIES, readEnvironment, readPatterns } from "./environments.ts";
import type { Environment } from "./environments.ts";
import { faultOf } from "./faults.ts";
import type { Asked } from "./faults.ts";
import { integerOf, listOf, textOf } from "./outcome.ts";

/**
 * Opens an environment to one branch alone, and creates it where it is missing. The branch is let in before others are
 * kept out, so that its own jobs never find the door shut.
 */
export async function confine(environment: Environment, branch: string): Promise<void> {
  const data = await readEnvironment(environment);
  const policy = data === undefined ? undefined : (await environmentFacts(environment, data)).policy;
  if (policy?.kind !== "patterns") await closeToOthers(environment, data);
  const patterns = policy?.kind === "patterns" ? policy.patterns : await readPatterns(environment);
  const others = patterns.filter(({ name, type }) => type !== "branch" || name !== branch);
  if (others.length === patterns.length) await letIn(environment, branch);
  for (const { id } of others) await keepOut(environment, id);
}

/** Creates the environment, or changes it, to be open to none but what fits a pattern. */
async function closeToOthers(environment: Environment, data: unknown): Promise<void> {
  const { api, parameters, asked } = environment;
  const policy = { protected_branches: false, custom_branch_policies: true };
  const body = { ...rulesOf(data), deployment_branch_policy: policy };
  const call = { route: `PUT ${ENVIRONMENT}`, parameters: { ...parameters, ...body } };
  const outcome = await api.repeatable(call);
  if (outcome.kind === "answer") return;
  if (outcome.kind === "refused" && outcome.status === 422) throw planRefuses(asked);
  throw faultOf(outcome, { ...asked, absent: NO_ENVIRONMENTS });
}

/**
 * The protection rules that a person has set, as GitHub takes them. Its documentation does not say that a rule which is
 * not sent stays; and one that is not there must not be sent, because private repositories below Enterprise refuse even
 * its default.
 */
function rulesOf(data: unknown): Readonly<Record<string, unknown>> {
  const fields = listOf(data, "protection_rules").map((rule) => {
    switch (textOf(rule, "type")) {
      case "wait_timer":
        return { wait_timer: integerOf(rule, "wait_timer") };
      case "required_reviewers":
        return reviewRule(rule);
      default:
        return {};
    }
  });
  return Object.assign({}, ...fields) as Readonly<Record<string, unknown>>;
}

function reviewRule(rule: unknown): Readonly<Record<string, unknown>> {
  const reviewers = listOf(rule, "reviewers").map((each) => {
    return { type: textOf(each, "type"), id: integerOf(each, "reviewer", "id") };
  });
  const selfReview = (rule as { readonly prevent_self_review?: unknown }).prevent_self_review;
  // Older Enterprise Servers know no such key.
  return typeof selfReview === "boolean" ? { reviewers, prevent_self_review: selfReview } : { reviewers };
}

async function letIn({ api, parameters, asked }: Environment, branch: string): Promise<void> {
  const call = { route: `POST ${POLICIES}`, parameters: { ...parameters, name: branch, type: "branch" } };
  // 303 is the answer where it is let in already.
  const outcome = await api.repeatable({ ...call, redirect: "manual" });
  if (outcome.kind !== "answer") throw faultOf(outcome, asked);
}

async function keepOut({ api, parameters, asked }: Environment, id: number): Promise<void> {
  const call = {
    route: `DELETE ${POLICIES}/{branch_policy_id}`,
    parameters: { ...parameters, branch_policy_id: id },
  };
  const outcome = await api.repeatable(call);
  if (outcome.kind === "answer" || (outcome.kind === "refused" && outcome.status === 404)) return;
  throw faultOf(outcome, asked);
}

const NO_ENVIRONMENTS = {
  message: "the plan of a private repository's owner may have no environments",
  hint: "make the repository public, or upgrade its owner's plan",
};

function planRefuses({ what }: Asked): SealringError {
  return new SealringError(
    "store_refused",
    `GitHub does not let the ${what} be opened to one branch alone (HTTP 422)`,
    {
      hint: "private repositories need GitHub Pro, Team or Enterprise for that: upgrade the plan, or make the repository public",
    },
  );
}
