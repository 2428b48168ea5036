import type { Next } from "../../page/next.ts";
import type { Tone } from "../../page/tone.ts";

/** Something to know before it is done. */
export interface Note {
  readonly tone: Extract<Tone, "warning" | "bad" | "idle" | "busy">;
  readonly text: string;
}

/** What a page asks a person to confirm, or why there is nothing to confirm. */
export type Confirmation =
  | {
      readonly kind: "offered";
      /** Where it is done: `here` on this machine, with nothing started on GitHub. */
      readonly where: "workflow" | "here";
      /** What will happen, in its order. */
      readonly steps: readonly string[];
      readonly notes: readonly Note[];
    }
  | {
      readonly kind: "declined";
      readonly why: string;
      /** What helps instead. */
      readonly next: readonly Next[];
    };

export function declined(why: string, next: readonly Next[] = []): Confirmation {
  return { kind: "declined", why, next };
}

/** The first step of everything that only a job can do. */
export function startsJob(workflowFile: string): string {
  return `The workflow ${workflowFile} starts on GitHub: only a job there can read the tokens.`;
}
