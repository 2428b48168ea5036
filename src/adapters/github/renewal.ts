import { formatInstant } from "../../instant.ts";
import type { Clock } from "../../ports.ts";

const NOTICE_MILLISECONDS = 14 * 24 * 3_600_000;

/** GitHub writes UTC as a rule, and an offset for tokens of people who live by one. */
const EXPIRY = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:UTC|([+-]\d\d)(\d\d))$/;

/** A job of a workflow, whose token is a secret that somebody has to renew. */
export interface Job {
  /** Where that secret is; null: among the repository's. */
  readonly environment: string | null;
  /** Prints a line to the job's log. */
  readonly say: (line: string) => void;
}

/** The command that gives a job a new token. */
export function renewCommand({ environment }: Pick<Job, "environment">): string {
  const command = "gh secret set SEALRING_GITHUB_TOKEN";
  if (environment === null) return command;
  // The names that GitHub takes have no quote in them.
  return `${command} --env ${/^[\w.-]+$/.test(environment) ? environment : `'${environment}'`}`;
}

/**
 * Hears when the token ends, as `github-authentication-token-expiration` says with every answer to a personal one, and
 * says it once when that is within two weeks.
 */
export function watchExpiry(clock: Clock, job: Job): (header: string | null) => void {
  let said = false;
  return (header) => {
    const expiresAt = tokenExpiryIn(header ?? "");
    if (said || expiresAt === undefined) return;
    const left = expiresAt.getTime() - clock.now().getTime();
    if (left <= 0 || left >= NOTICE_MILLISECONDS) return;
    said = true;
    job.say(`the GitHub token expires on ${formatInstant(expiresAt)}; renew it:`);
    job.say(`  ${renewCommand(job)}`);
  };
}

/** When a token ends, as that header says; undefined where it does not say. */
export function tokenExpiryIn(header: string): Date | undefined {
  const [, day, time, hours, minutes] = EXPIRY.exec(header) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const offset = hours === undefined || minutes === undefined ? "Z" : `${hours}:${minutes}`;
  const instant = new Date(`${day}T${time}${offset}`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
