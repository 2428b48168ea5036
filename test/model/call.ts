import type { TextId } from "./texts.ts";

/** The credential's file and box on the state branch. */
export interface Branch {
  readonly entry: TextId;
  readonly box: TextId;
}

/** What a process asks of the world outside; each is one step of the model. */
export type Call =
  | { readonly kind: "read_journal" }
  | { readonly kind: "swap"; readonly from: Branch; readonly to: Branch; readonly event: string }
  /** `refreshToken` is undefined where a person's consent is redeemed. */
  | { readonly kind: "ask_provider"; readonly refreshToken: number | undefined }
  | { readonly kind: "write_disk"; readonly box: TextId }
  | { readonly kind: "clear_disk" }
  | { readonly kind: "put_envelope"; readonly envelope: TextId }
  | { readonly kind: "put_output"; readonly accessToken: number }
  | { readonly kind: "ask_for_job"; readonly slot: number }
  | { readonly kind: "ask_for_boxes"; readonly slot: number }
  /** `too_late`: what it gives up on meanwhile may still be answered first. */
  | { readonly kind: "wait"; readonly until: "later" | "too_late" };

/** What it is told. */
export type Reply =
  | { readonly kind: "done" }
  | { readonly kind: "failed" }
  | { readonly kind: "branch"; readonly branch: Branch }
  | { readonly kind: "swapped"; readonly outcome: "won" | "lost" | "unknown"; readonly branch: Branch }
  | {
      readonly kind: "granted";
      readonly accessToken: number;
      /** undefined: the one before stays. */
      readonly refreshToken: number | undefined;
      readonly lifetimeSeconds: number;
    }
  | { readonly kind: "refused" }
  | { readonly kind: "not_sent" }
  | { readonly kind: "lost" }
  | { readonly kind: "job"; readonly startedAt: number; readonly endedAt: number | undefined }
  | { readonly kind: "boxes"; readonly box: TextId };

/** One of a process's open calls, answered at an instant. */
export interface Answer {
  readonly call: number;
  readonly at: number;
  readonly reply: Reply;
}
