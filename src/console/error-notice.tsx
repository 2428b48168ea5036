import type { Child } from "hono/jsx";
import type { SealringError } from "../errors.ts";
import { Notice } from "../page/notice.tsx";
import { Hint } from "./hint.tsx";

/** What an error says, and what to do, in the words of a page. */
export function ErrorNotice({ error }: { readonly error: Pick<SealringError, "message" | "hint"> }): Child {
  return (
    <Notice tone="bad">
      <p>
        <strong>{error.message}</strong>
      </p>
      {error.hint === undefined ? null : (
        <p>
          <Hint text={error.hint} />
        </p>
      )}
    </Notice>
  );
}
