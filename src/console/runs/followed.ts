import type { StatusResult } from "../../commands/status.ts";
import type { RunAction } from "./action.ts";

/** What became of a run of the workflow that was started from here. */
export interface Followed {
  readonly action: RunAction;
  /** undefined: GitHub did not say which run it is. */
  readonly url: string | undefined;
  /** As GitHub has it: `success`, `failure`, `cancelled`...; undefined: it was not seen to end. */
  readonly conclusion: string | undefined;
  /** How the credential was before the run. */
  readonly before: StatusResult;
  /** And is after it; undefined: that could not be read. */
  readonly after: StatusResult | undefined;
}
