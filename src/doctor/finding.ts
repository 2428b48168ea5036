import { SealringError } from "../errors.ts";

/** What a check found. `unreachable`: GitHub or a provider could not be asked, for now. */
export type Finding =
  | { readonly kind: "ok" | "skipped"; readonly about: string; readonly found: string }
  | {
      readonly kind: "warning" | "failure" | "unreachable";
      readonly about: string;
      readonly found: string;
      /** The command to type, or where to click. */
      readonly fix: string;
    };

/** One check: what it is about, in a word or two, and how it is done. */
export interface Check {
  readonly about: string;
  readonly run: () => readonly Finding[] | Promise<readonly Finding[]>;
}

/** Does a check. One that fails is a finding, too: nothing ends the others. */
export async function perform({ about, run }: Check): Promise<readonly Finding[]> {
  try {
    return await run();
  } catch (error) {
    return [findingOf(about, error)];
  }
}

function findingOf(about: string, error: unknown): Finding {
  if (!(error instanceof SealringError)) {
    // Its text may hold anything, a secret too.
    const kind = error instanceof Error ? error.name : typeof error;
    const fix = "please report it: https://github.com/sealring/sealring/issues";
    return { kind: "failure", about, found: `this check stopped at a bug of sealring's own (${kind})`, fix };
  }
  const { code, message, hint } = error;
  const kind = code === "transient" || code === "rate_limited" ? "unreachable" : "failure";
  return { kind, about, found: message, fix: hint ?? "run: sealring doctor --verbose" };
}
