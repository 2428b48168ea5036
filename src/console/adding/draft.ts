import type { NewFile } from "../../adding/document.ts";
import type { Judgement } from "../../adding/judge.ts";
import type { PlacedFaults } from "./placed-faults.ts";

/** A file that a form would write. */
export interface Draft {
  readonly file: NewFile;
  /** The text that it takes the place of; undefined: it is new. */
  readonly old: string | undefined;
  readonly judgement: Judgement;
  readonly faults: PlacedFaults;
  /** What a person should know before it is saved. */
  readonly remarks: readonly string[];
}

/** Whether nothing stands against saving it. */
export function isSound({ faults: { byName, elsewhere } }: Pick<Draft, "faults">): boolean {
  return byName.size === 0 && elsewhere.length === 0;
}
