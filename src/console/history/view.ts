/** How much of the log a page shows. */
export interface View {
  /** `matters`: without what was only begun. */
  readonly lines: "matters" | "all";
  readonly length: "newest" | "long";
}

/** As many lines as are shown, and as many commits as are read. */
export const SHOWN = { newest: 50, long: 1_000 } as const;
export const READ = { newest: 300, long: 1_000 } as const;

/** What an address asks for; of what is unknown in it, the usual. */
export function viewIn(query: (name: string) => string | undefined): View {
  return {
    lines: query("lines") === "all" ? "all" : "matters",
    length: query("length") === "long" ? "long" : "newest",
  };
}

/** The address of a credential's history as it is to be seen. */
export function historyHref(name: string, { lines, length }: View): string {
  const query = new URLSearchParams({
    ...(lines === "all" ? { lines } : {}),
    ...(length === "long" ? { length } : {}),
  }).toString();
  return `/credentials/${name}${query === "" ? "" : `?${query}`}#history`;
}
