import type { Tone } from "./tone.ts";

/** A state at a glance: its word, with a colour and a sign that say the same. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}
