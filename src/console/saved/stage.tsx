import type { PropsWithChildren } from "hono/jsx";

/** Where a person is: what is over, the one thing to do now, and what comes after it. */
export type At = "done" | "next" | "later";

/** A step of a list of them. */
export function Stage({
  title,
  stage,
  children,
}: PropsWithChildren<{ readonly title: string; readonly stage: At }>) {
  return (
    <li class={`card stage-${stage}`} aria-current={stage === "next" ? "step" : undefined}>
      <h2>
        {title} <span class="at">{stage}</span>
      </h2>
      {children}
    </li>
  );
}
