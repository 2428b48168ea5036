import type { GitHub, JobRef, RunState } from "../../src/github.ts";
import { MemoryStores } from "../stores/double.ts";
import { MemoryJournal } from "../support/memory-journal.ts";

/** What of GitHub a credential's life needs, in memory: its stores, a journal, and which jobs have ended. */
export class MemoryGitHub {
  readonly stores = new MemoryStores();
  readonly journal = new MemoryJournal();
  readonly #jobs = new Map<string, Extract<RunState, { kind: "running" | "ended" }>>();

  begin(runId: string, startedAt: Date): void {
    this.#jobs.set(runId, { kind: "running", startedAt });
  }

  end(runId: string, endedAt: Date): void {
    const job = this.#jobs.get(runId);
    if (job !== undefined) this.#jobs.set(runId, { kind: "ended", startedAt: job.startedAt, endedAt });
  }

  connected(): GitHub {
    return {
      access: { webUrl: "https://github.com", tokenFrom: { secrets: "memory", journal: "memory" } },
      stores: this.stores,
      journal: this.journal,
      runs: {
        state: async ({ runId }: JobRef) => this.#jobs.get(runId) ?? { kind: "unknown" },
        ...{
          workflow: unasked,
          enable: unasked,
          lastScheduled: unasked,
          dispatch: unasked,
          firstDispatched: unasked,
          progress: unasked,
        },
      },
      artifacts: { boxes: async () => [] },
      alerts: { raise: async () => "unchanged", settle: async () => "none" },
      settings: { repository: unasked, environment: unasked, confine: unasked, file: unasked },
      past: { versions: unasked, newest: unasked },
      tokens: { facts: unasked, may: unasked },
    };
  }
}

/** What no step of a life asks for. */
function unasked(): Promise<never> {
  return Promise.reject(new Error("a life does not ask for this"));
}
