import { createHash } from "node:crypto";
import type { Project } from "../declaration/credential.ts";
import type { JobSource } from "./source.ts";
import { steps } from "./steps.ts";
import { indented, quoted } from "./yaml.ts";

/** A job in text, but for its place among the others. */
export interface Job {
  readonly environment: string | null;
  readonly id: string;
  /** When a run that names a credential is for this job; undefined: always. */
  readonly condition: string | undefined;
  /** Everything after `needs` and `if`. */
  readonly body: readonly string[];
}

/** The job of one environment's credentials. */
export function jobOf(source: JobSource): Job {
  const { environment } = source;
  return { environment, id: idOf(environment), condition: conditionOf(source), body: bodyOf(source) };
}

/** As people see it in a run; null: of credentials in repository secrets. */
export function jobName(environment: string | null): string {
  return `Refresh ${environment ?? "repository secrets"}`;
}

/** The lines of a job, after the job before it: they share what GitHub lets one token write. */
export function jobLines({ id, condition, body }: Job, before: Job | undefined): readonly string[] {
  return [
    `${id}:`,
    ...indented(
      [...(before === undefined ? [] : [`needs: ${before.id}`]), ...whenLine(condition, before), ...body],
      2,
    ),
  ];
}

/** A job that failed stops no other. */
function whenLine(condition: string | undefined, before: Job | undefined): readonly string[] {
  if (before === undefined) return condition === undefined ? [] : [`if: \${{ ${condition} }}`];
  const also = condition === undefined ? "" : ` && (${condition})`;
  return [`if: \${{ !cancelled()${also} }}`];
}

function bodyOf(source: JobSource): readonly string[] {
  const { environment, project } = source;
  const place = environment === null ? "repository" : `environment-${environment}`;
  return [
    `name: ${quoted(jobName(environment))}`,
    "runs-on: ubuntu-latest",
    "timeout-minutes: 45",
    ...(environment === null
      ? []
      : [`environment: ${quoted(environment)} # its secrets are read when the job starts`]),
    "concurrency: # a run is never cut off by the next one",
    `  group: ${quoted(`sealring-${place}`)}`,
    "  cancel-in-progress: false",
    ...(isOnGitHubCom(project.apiUrl) ? ["  queue: max # nor does the next but one push it out"] : []),
    "permissions:",
    ...indented(permissions(project), 2),
    "steps:",
    ...indented(steps(source), 2),
  ];
}

function permissions({ app }: Project): readonly string[] {
  if (app !== undefined) return ["contents: read # the declarations; everything else is the App's"];
  return [
    "contents: write # reads the declarations; writes the journal, which is a branch",
    "actions: write # reads earlier runs and the boxes they left; keeps the schedule of a quiet repository alive",
    "issues: write # tells owners when they are needed",
  ];
}

/** A GitHub Enterprise Server of today refuses a workflow with `queue`. */
export function isOnGitHubCom(apiUrl: string | undefined): boolean {
  return apiUrl === undefined || new URL(apiUrl).hostname === "api.github.com";
}

/** An array's `contains` compares whole names; a part of one is none. */
function conditionOf({ credentials, share }: JobSource): string | undefined {
  if (share === "all") return undefined;
  const names = JSON.stringify(credentials.map(({ name }) => name));
  return `!inputs.credential || contains(fromJSON('${names}'), inputs.credential)`;
}

/** An environment's own name where a job may be called so; else what is left of it, with a hash. Never the same for two. */
function idOf(environment: string | null): string {
  if (environment === null) return "repository_secrets";
  if (/^[a-z][a-z0-9-]{0,63}$/.test(environment)) return environment;
  const words = environment.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const hash = createHash("sha256").update(environment).digest("hex").slice(0, 8);
  return `${["environment", ...words].join("-").slice(0, 60)}_${hash}`;
}
