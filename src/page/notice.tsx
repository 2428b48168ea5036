import type { PropsWithChildren } from "hono/jsx";
import type { Tone } from "./tone.ts";

/** Something that a person has to read, in a frame of its own. */
export function Notice({ tone, children }: PropsWithChildren<{ readonly tone: Tone }>) {
  return <div class={`notice notice-${tone}`}>{children}</div>;
}
