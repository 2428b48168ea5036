import { alertFor, settledComment } from "../alerts/write.ts";
import { EXIT, SealringError } from "../errors.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { CredentialResult } from "../protocol/result.ts";
import type { Run } from "../protocol/run.ts";
import { named } from "./context.ts";
import type { Declared, Ports, Runs } from "./context.ts";
import { pooled } from "./pooled.ts";

/** Few: GitHub takes 80 pieces of content a minute, so more at once would only wait side by side. */
const CONCURRENCY = 5;

/** Whose owners are told. */
export interface Told {
  readonly ports: Pick<Ports, "self" | "stop" | "progress">;
  readonly runs: Runs;
  readonly declared: Declared;
}

/**
 * Opens, updates or closes the issues of credentials that need a person, or are well again. Only a job does: a person at
 * a terminal has read the result. What GitHub does not take is said, and changes no outcome.
 */
export async function tellOwners(told: Told, results: readonly CredentialResult[]): Promise<void> {
  const { self, stop, progress } = told.ports;
  if (self.owner.kind === "process") return;
  const troubles = new Set<string>();
  await pooled(results, CONCURRENCY, async (result) => {
    if (stop.aborted) return;
    await tell(told, result).catch((error: unknown) => {
      if (!(error instanceof SealringError)) throw error;
      troubles.add(`alerts: ${error.message}${error.hint === undefined ? "" : `\n  ${error.hint}`}`);
    });
  });
  // One trouble of GitHub's strikes them all.
  for (const trouble of troubles) for (const line of trouble.split("\n")) progress.say(line);
}

async function tell({ runs, declared }: Told, result: CredentialResult): Promise<void> {
  const name = result.credential;
  const credential = named(declared.credentials, name);
  const run = runs(credential);
  const { runUrl } = run.self;
  const alert = alertFor({
    credential,
    result,
    entry: await entryOf(run, result),
    runUrl,
    now: run.clock.now(),
    repository: declared.repository,
    project: run.project,
    workflowFile: run.workflowFile,
  });
  if (alert !== undefined) {
    const outcome = await run.github.alerts.raise(alert);
    if (outcome === "opened") run.progress.say(`${name}: opened an issue`);
  } else if (isWell(result)) {
    const outcome = await run.github.alerts.settle(name, settledComment(result, runUrl));
    if (outcome === "closed") run.progress.say(`${name}: closed its issue`);
  }
}

/** Of a credential that is well nothing more is asked. A journal that cannot be read must not keep its owner from hearing. */
async function entryOf(run: Run, result: CredentialResult): Promise<JournalEntry | undefined> {
  if (isWell(result)) return undefined;
  return run.ledger.read(result.credential).catch((error: unknown) => {
    if (error instanceof SealringError) return undefined;
    throw error;
  });
}

/** What else there is says nothing of whether a person is needed. */
function isWell({ outcome, exit }: CredentialResult): boolean {
  return exit === EXIT.done && (outcome === "refreshed" || outcome === "fresh" || outcome === "recovered");
}
