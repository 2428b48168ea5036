/** The document that every command prints under `--json`. */
export interface Document {
  readonly command: string;
  readonly ok: boolean;
  readonly results: readonly object[];
  readonly faults: readonly object[];
}

/** The document as text, in this order of keys. */
export function documentJson({ command, ok, results, faults }: Document): string {
  return `${JSON.stringify({ command, ok, results, faults }, undefined, 2)}\n`;
}
