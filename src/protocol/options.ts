/** What is asked of a refresh. */
export interface RefreshOptions {
  /** `settle_only` does what earlier runs left and spends nothing. */
  readonly when: "due" | "forced" | "settle_only";
  readonly probe: "asked" | "not_asked";
  readonly effect: "real" | "dry_run";
}
