import type { Alert, Alerts } from "../../github.ts";
import type { Api } from "./api.ts";
import { unreadable } from "./faults.ts";
import type { Site } from "./faults.ts";
import { issuesFault } from "./issue-faults.ts";
import { integerOf } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { ISSUES, listOwnIssues, marked } from "./own-issues.ts";
import type { OwnIssue, Tracker } from "./own-issues.ts";
import { repositoryParameters } from "./places.ts";

const ISSUE = `${ISSUES}/{issue_number}`;

export interface AlertsOptions {
  /** owner/name. */
  readonly repository: string;
  readonly site: Site;
  /** What a new issue gets; those that GitHub does not take are left out. */
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

/** The `Alerts` port: issues of this repository, listed once. */
export function createAlerts(api: Api, options: AlertsOptions): Alerts {
  const { repository, site } = options;
  const asked = { what: `issues of ${repository}`, site };
  const tracker: Tracker = { api, parameters: repositoryParameters(repository), asked };
  // A listing that failed is kept as well: asking again for every credential would not mend it.
  let listing: Promise<Map<string, OwnIssue[]>> | undefined;
  const ours = () => (listing ??= listOwnIssues(tracker));
  return {
    async raise(alert) {
      const issues = await ours();
      const open = issues.get(alert.credential)?.at(-1);
      if (open === undefined) {
        issues.set(alert.credential, [await openIssue(tracker, alert, options)]);
        return "opened";
      }
      await closeDoubles(tracker, issues, alert.credential);
      return bringUpToDate(tracker, open, alert);
    },
    async settle(credential, comment) {
      const issues = await ours();
      const open = issues.get(credential)?.at(-1);
      if (open === undefined) return "none";
      await closeDoubles(tracker, issues, credential);
      await write(tracker, `POST ${ISSUE}/comments`, { issue_number: open.number, body: comment });
      await close(tracker, open, "completed");
      issues.delete(credential);
      return "closed";
    },
  };
}

async function openIssue(tracker: Tracker, alert: Alert, options: AlertsOptions): Promise<OwnIssue> {
  const issue = { title: alert.title, body: marked(alert.credential, alert.body) };
  const { labels, assignees } = options;
  const send = (more: object) => request(tracker, `POST ${ISSUES}`, { ...issue, ...more });
  let outcome = await send({ labels, assignees });
  // A name that nobody has must not cost the alert.
  if (outcome.kind === "refused" && outcome.status === 422) outcome = await send({});
  const number = integerOf(dataOf(tracker, outcome), "number");
  if (number === undefined) throw unreadable(tracker.asked);
  return { number, ...issue };
}

async function bringUpToDate(
  tracker: Tracker,
  open: OwnIssue,
  alert: Alert,
): Promise<"updated" | "unchanged"> {
  const { title } = alert;
  const body = marked(alert.credential, alert.body);
  // GitHub's editor ends lines its own way.
  if (open.title === title && open.body.replaceAll("\r\n", "\n") === body) return "unchanged";
  await write(tracker, `PATCH ${ISSUE}`, { issue_number: open.number, title, body });
  return "updated";
}

/** Two runs that began together may both have opened one: the oldest stays. */
async function closeDoubles(
  tracker: Tracker,
  issues: Map<string, OwnIssue[]>,
  credential: string,
): Promise<void> {
  const [oldest, ...newer] = (issues.get(credential) ?? []).toReversed();
  for (const double of newer) await close(tracker, double, "not_planned");
  if (oldest !== undefined) issues.set(credential, [oldest]);
}

async function close(tracker: Tracker, { number }: OwnIssue, reason: string): Promise<void> {
  await write(tracker, `PATCH ${ISSUE}`, { issue_number: number, state: "closed", state_reason: reason });
}

async function write(tracker: Tracker, route: string, parameters: object): Promise<void> {
  dataOf(tracker, await request(tracker, route, parameters));
}

/** A change may be made twice; an issue or a comment may not. */
function request({ api, parameters: place }: Tracker, route: string, more: object): Promise<Outcome> {
  const call = { route, parameters: { ...place, ...more } };
  return route.startsWith("PATCH") ? api.repeatable(call) : api.once(call);
}

function dataOf({ asked }: Tracker, outcome: Outcome): unknown {
  if (outcome.kind === "answer") return outcome.data;
  throw issuesFault(outcome, asked);
}
