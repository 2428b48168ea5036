import type { PropsWithChildren } from "hono/jsx";

/** A term of a `dl`, and what is said of it. */
export function Fact({ label, children }: PropsWithChildren<{ readonly label: string }>) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
