import type { ErrorCode } from "../errors.ts";
import type { StoredSecret, WorkflowFacts } from "../github.ts";
import type { EnvironmentFacts, RepositoryFacts } from "../github-settings.ts";
import type { JournalEntry, Published } from "../journal/entry.ts";

/** What was found out, or why it could not be: a plan never guesses. */
export type Found<Value> = { readonly kind: "known"; readonly value: Value } | Unknown;

export interface Unknown {
  readonly kind: "unknown";
  readonly code: ErrorCode;
  readonly reason: string;
  readonly hint: string | undefined;
}

/** An output that sealring wrote, as the journal of a credential has it. */
export interface WrittenOutput extends Published {
  readonly credential: string;
}

/** GitHub, the journal and the tree, as far as a plan is made from them. */
export interface Facts {
  /** `https://github.com`: where GitHub's pages are. */
  readonly webUrl: string;
  readonly repository: Found<RepositoryFacts>;
  /** The environments of envelopes, by name; undefined: there is none yet. */
  readonly environments: ReadonlyMap<string, Found<EnvironmentFacts | undefined>>;
  /** By `storeKeyOf`. A store whose environment is yet to be made has none. */
  readonly stores: ReadonlyMap<string, Found<readonly StoredSecret[]>>;
  /** By credential, declared or not; one without a file has none. */
  readonly journal: Found<ReadonlyMap<string, Found<JournalEntry>>>;
  /** By path: the files that are generated, and generated ones that are no longer; undefined: not there. */
  readonly tree: ReadonlyMap<string, Found<Uint8Array | undefined>>;
  /** The same at the head of the default branch. */
  readonly pushed: ReadonlyMap<string, Found<string | undefined>>;
  /** By the workflow's file name; undefined: GitHub knows of none. */
  readonly workflows: ReadonlyMap<string, Found<WorkflowFacts | undefined>>;
  /** Secrets of sealring's own that this process has, by name. */
  readonly atHand: ReadonlySet<string>;
  readonly orphans: OrphanFacts;
}

/** `not_asked`: only pruning asks about them. */
export type OrphanFacts =
  | { readonly kind: "not_asked" }
  | {
      readonly kind: "asked";
      /** By credential: the outputs that its file on the default branch has ever declared, by `outputKey`. */
      readonly declared: ReadonlyMap<string, Found<ReadonlySet<string>>>;
      /** The outputs that any file on the default branch declares now, by `outputKey`. */
      readonly pushed: Found<ReadonlySet<string>>;
    };

/** The value, where it is known. */
export function valueOf<Value>(found: Found<Value> | undefined): Value | undefined {
  return found?.kind === "known" ? found.value : undefined;
}
