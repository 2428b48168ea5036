import type { Child, PropsWithChildren } from "hono/jsx";
import type { SealringError } from "../errors.ts";
import type { Tone } from "./tone.ts";

/** Something that a person has to read, in a frame of its own. */
export function Notice({ tone, children }: PropsWithChildren<{ readonly tone: Tone }>) {
  return <div class={`notice notice-${tone}`}>{children}</div>;
}

/** What an error says, and what to do. */
export function ErrorNotice({ error }: { readonly error: Pick<SealringError, "message" | "hint"> }): Child {
  return (
    <Notice tone="bad">
      <p>
        <strong>{error.message}</strong>
      </p>
      {error.hint === undefined ? null : <p>{error.hint}</p>}
    </Notice>
  );
}
