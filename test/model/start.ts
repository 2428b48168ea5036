import type { TextId } from "./texts.ts";

/** Protocols that somebody could have built instead. Each is sealring with one part of it made useless from outside. */
export type Broken =
  | "store_after_publish"
  | "no_compare"
  | "blind_retry"
  | "replay_without_intent"
  | "takeover_by_deadline_alone"
  | "numbers_are_reused"
  | "spend_without_intent"
  | "boxes_are_not_authenticated"
  | "process_outlives_its_deadline"
  | "snapshot_age_ignored";

/** What a process does, and what it was given when it started: from then on it only knows what it is told. */
export interface Start {
  readonly program: "refresh" | "refresh_forced" | "refresh_probe" | "authorize" | "recover_at_home";
  /** Of this process alone: its run id, and the root of its nonces. */
  readonly slot: number;
  /** The number of the instant. */
  readonly startedAt: number;
  /** Its snapshot of the envelope. */
  readonly envelope: TextId;
  /** The box that its machine's disk holds. */
  readonly disk: TextId;
  readonly broken: Broken | undefined;
}

/** Whether it runs on a person's machine: its owner is a process, and it is given no secrets. */
export function isPerson({ program }: Start): boolean {
  return program === "authorize" || program === "recover_at_home";
}
