import type { ErrorCode } from "../errors.ts";
import type { StorePlace, StoreTarget } from "../github.ts";
import type { WrittenOutput } from "./facts.ts";

export type Sign = "add" | "change" | "remove";

/** One thing that `apply` does. Each may be done twice, and no other needs to have been done in the same go. */
export type Change =
  | {
      readonly kind: "confine";
      readonly sign: "add" | "change";
      readonly environment: string;
      readonly branch: string;
      /** What it is open to now, in words; undefined: it is not there. */
      readonly before: string | undefined;
    }
  | {
      readonly kind: "write_file";
      readonly sign: "add" | "change";
      readonly path: string;
      readonly bytes: Uint8Array;
      /** Lines that begin with `@@`, `-`, `+` or a space; none for a new file. */
      readonly diff: readonly string[];
    }
  | {
      readonly kind: "place_action";
      readonly sign: "add" | "change";
      readonly folder: string;
      readonly write: readonly { readonly path: string; readonly bytes: Uint8Array }[];
      /** The paths of what an earlier version left. */
      readonly remove: readonly string[];
    }
  | { readonly kind: "remove_file"; readonly sign: "remove"; readonly path: string }
  | {
      readonly kind: "seal";
      readonly sign: "add";
      readonly target: StoreTarget;
      /** Of the secret, and of the variable that holds its value. */
      readonly secretName: string;
    }
  | {
      readonly kind: "publish";
      readonly sign: "add" | "change";
      readonly credential: string;
      readonly target: StorePlace;
      readonly secretName: string;
      /** `unrecorded`: sealring has never written it. */
      readonly why: "missing" | "unrecorded" | "overwritten";
    }
  | {
      readonly kind: "enable";
      readonly sign: "change";
      readonly workflowFile: string;
      readonly before: string;
    }
  | {
      readonly kind: "prune";
      readonly sign: "remove";
      readonly output: WrittenOutput;
      /** `gone`: somebody removed the secret, and only the record is left. */
      readonly secret: "there" | "gone";
    };

/** What nobody but a person can do, and how. */
export interface Task {
  readonly kind: "person";
  readonly what: string;
  readonly command: string;
}

/** What is worth knowing and changes nothing. `warning`: it will go wrong. */
export interface Remark {
  readonly kind: "remark" | "warning";
  readonly what: string;
  readonly hint: string | undefined;
}

/** What could not be found out, so that nothing is planned for it. */
export interface Blank {
  readonly kind: "unknown";
  readonly what: string;
  readonly code: ErrorCode;
  readonly reason: string;
  readonly hint: string | undefined;
}

export type Item = Change | Task | Remark | Blank;

/** The difference between declarations and GitHub, each list in the order of its printing. */
export interface Plan {
  readonly changes: readonly Change[];
  readonly tasks: readonly Task[];
  readonly remarks: readonly Remark[];
  readonly blanks: readonly Blank[];
}

/** The changes of one sign. */
export function countOf({ changes }: Plan, sign: Sign): number {
  return changes.filter((change) => change.sign === sign).length;
}

/** Whether everything that can be seen is as it is declared. */
export function isSettled({ changes, tasks }: Plan): boolean {
  return changes.length === 0 && tasks.length === 0;
}
