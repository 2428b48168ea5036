import { createHash } from "node:crypto";
import type { Project } from "./credential.ts";
import type { Fault, LocatedFinding } from "./fault.ts";
import { looseProject } from "./loose.ts";
import type { LooseProject } from "./loose.ts";
import type { Opened } from "./open.ts";
import { scheduleFinding } from "./rules/schedule.ts";

/** Where `apply` puts the action. */
export const DEFAULT_ACTION = "./.github/actions/sealring";

/** The project of `sealring.yaml`, or the default one where there is no such file, and what is wrong with it. */
export function projectOf(
  opened: Opened | undefined,
  environment: { readonly repository?: string },
): { readonly project: Project; readonly faults: readonly Fault[] } {
  const loose = opened === undefined ? {} : looseProject(opened.value, opened.departures);
  const found = opened === undefined ? [] : opened.source.locateAll(projectFindings(loose));
  return { project: withDefaults(loose, environment), faults: [...(opened?.faults ?? []), ...found] };
}

function withDefaults(loose: LooseProject, environment: { readonly repository?: string }): Project {
  const { github, alerts } = loose;
  const repository = loose.repository ?? environment.repository;
  return {
    repository,
    environment: loose.environment === undefined ? "sealring" : loose.environment,
    stateBranch: loose.state_branch ?? "sealring-state",
    schedule: loose.schedule ?? defaultSchedule(repository),
    apiUrl: github?.api_url,
    app: github?.app && { clientId: github.app.client_id, privateKeyName: github.app.private_key },
    alerts: { labels: alerts?.labels ?? ["sealring"], assignees: alerts?.assignees ?? [] },
    recoveryRecipient: loose.recovery?.recipient,
    action: loose.action ?? DEFAULT_ACTION,
  };
}

/**
 * Every six hours, at a minute and from an hour on that the repository's name tells, so that not everybody comes at once;
 * and not near the full hour, when GitHub starts late.
 */
function defaultSchedule(repository: string | undefined): string {
  if (repository === undefined) return "17 */6 * * *";
  const [first = 0, second = 0] = createHash("sha256").update(repository.toLowerCase()).digest();
  const hours = [0, 6, 12, 18].map((hour) => hour + (second % 6));
  return `${String(6 + (first % 49))} ${hours.join(",")} * * *`;
}

function projectFindings({ schedule, github }: LooseProject): readonly LocatedFinding[] {
  const found: LocatedFinding[] = [];
  const badSchedule = schedule === undefined ? undefined : scheduleFinding(schedule);
  if (badSchedule !== undefined) found.push({ ...badSchedule, path: ["schedule"], part: "value" });
  if (github?.api_url !== undefined && !URL.canParse(github.api_url)) {
    found.push({
      rule: "insecure-url",
      message: "this is no URL",
      hint: "write it as https://api.github.com, or https://HOST/api/v3 for a GitHub Enterprise Server",
      path: ["github", "api_url"],
      part: "value",
    });
  }
  return found;
}
