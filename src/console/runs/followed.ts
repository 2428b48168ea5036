/** What became of a run of the workflow that was started from here. */
export interface Followed {
  /** undefined: GitHub did not say which run it is. */
  readonly url: string | undefined;
  /** As GitHub has it: `success`, `failure`, `cancelled`...; undefined: it was not seen to end. */
  readonly conclusion: string | undefined;
}
