import { ACCOUNTS } from "./accounts.ts";
import { APP_OPERATIONS } from "./app-operations.ts";
import { ARTIFACTS } from "./artifacts.ts";
import { BRANCH_POLICIES } from "./branch-policies.ts";
import { ENVIRONMENTS } from "./environments.ts";
import { BLOBS } from "./git/blob-operations.ts";
import { COMMITS } from "./git/commit-operations.ts";
import { CONTENTS } from "./git/contents.ts";
import { HISTORY } from "./git/history-operations.ts";
import { REFS } from "./git/ref-operations.ts";
import { TREES } from "./git/tree-operations.ts";
import { ISSUES } from "./issues.ts";
import type { Operation } from "./operation.ts";
import { ORGANIZATION_SECRETS } from "./organization-secrets.ts";
import { REPOSITORIES } from "./repositories.ts";
import { REPOSITORY_SECRETS } from "./repository-secrets.ts";
import { ROOT } from "./root.ts";
import { RUNS } from "./runs.ts";
import { SELECTED_REPOSITORIES } from "./selected-repositories.ts";
import { TOPICS } from "./topics.ts";
import { WORKFLOWS } from "./workflows.ts";

/** Everything that the sandbox's GitHub answers. */
export const OPERATIONS: readonly Operation[] = [
  ...ROOT,
  ...ACCOUNTS,
  ...APP_OPERATIONS,
  ...REPOSITORIES,
  ...TOPICS,
  ...REPOSITORY_SECRETS,
  ...ORGANIZATION_SECRETS,
  ...SELECTED_REPOSITORIES,
  ...ENVIRONMENTS,
  ...BRANCH_POLICIES,
  ...BLOBS,
  ...TREES,
  ...COMMITS,
  ...HISTORY,
  ...CONTENTS,
  ...REFS,
  ...WORKFLOWS,
  ...RUNS,
  ...ARTIFACTS,
  ...ISSUES,
];
