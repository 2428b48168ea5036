import type { EnvironmentSettings, Repository, Reviewer } from "./model.ts";
import type { Answer, Call } from "./operation.ts";
import { missingField, problem } from "./operation.ts";

const LONGEST_WAIT_MINUTES = 43_200;
const MOST_REVIEWERS = 6;
/** What private repositories below Enterprise may not even name. */
const RULE_FIELDS = ["wait_timer", "prevent_self_review", "reviewers"];

/** An environment's settings before anybody sets one: open to every branch. */
export const NO_SETTINGS: EnvironmentSettings = {
  policy: "all",
  waitMinutes: 0,
  reviewers: [],
  preventSelfReview: false,
};

/** GitHub Free has environments in public repositories only. */
export function hasEnvironments({ visibility, plan }: Repository): boolean {
  return visibility === "public" || plan !== "free";
}

function hasRules({ visibility, plan }: Repository): boolean {
  return visibility === "public" || plan === "enterprise";
}

/** What the body of a PUT makes of an environment's settings, or the refusal. */
export function readSettings(
  { body }: Call,
  repository: Repository,
  present: EnvironmentSettings,
): EnvironmentSettings | Answer {
  const refusal = refusedRules(body, repository) ?? refusedPolicy(body["deployment_branch_policy"]);
  if (refusal !== undefined) return refusal;
  return {
    policy: readPolicy(body["deployment_branch_policy"]) ?? present.policy,
    waitMinutes: (body["wait_timer"] as number | undefined) ?? present.waitMinutes,
    reviewers: readReviewers(body["reviewers"]) ?? present.reviewers,
    preventSelfReview: (body["prevent_self_review"] as boolean | undefined) ?? present.preventSelfReview,
  };
}

function refusedRules(body: Call["body"], repository: Repository): Answer | undefined {
  const named = RULE_FIELDS.filter((field) => field in body);
  if (named.length > 0 && !hasRules(repository)) {
    const rule = named.includes("reviewers") ? "required reviewers" : "wait timer";
    return problem(422, `The billing plan does not support the ${rule} protection rule.`);
  }
  const { wait_timer: wait = 0, reviewers = [] } = body;
  if (!Number.isInteger(wait) || Number(wait) < 0 || Number(wait) > LONGEST_WAIT_MINUTES) {
    return problem(422, "wait_timer is a whole number of minutes from 0 to 43,200.");
  }
  const tooMany = Array.isArray(reviewers) && reviewers.length > MOST_REVIEWERS;
  return tooMany ? problem(422, "An environment has at most six reviewers.") : undefined;
}

function refusedPolicy(value: unknown): Answer | undefined {
  if (value === undefined || value === null) return undefined;
  const policy = value as Readonly<Record<string, unknown>>;
  const absent = ["protected_branches", "custom_branch_policies"].find((field) => !(field in policy));
  if (absent !== undefined) return missingField(absent);
  return policy["protected_branches"] === policy["custom_branch_policies"]
    ? problem(422, "protected_branches and custom_branch_policies cannot have the same value.")
    : undefined;
}

function readPolicy(value: unknown): EnvironmentSettings["policy"] | undefined {
  if (value === undefined) return undefined;
  if (value === null) return "all";
  return (value as Readonly<Record<string, unknown>>)["protected_branches"] === true ? "protected" : "custom";
}

function readReviewers(value: unknown): readonly Reviewer[] | undefined {
  if (value === undefined) return undefined;
  return Array.isArray(value) ? (value as Reviewer[]) : [];
}
