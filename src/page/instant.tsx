import { createContext, useContext } from "hono/jsx";
import { minuteUtc, relative } from "../report/instants.ts";

/** `passing`: somebody looks now; `kept`: it may be read at any time, so that the instant itself has to stand there. */
export const Reading = createContext<"passing" | "kept">("passing");

/** An instant as people read it, in UTC; `relative` leads with how long it is until then, or since. */
export function Instant({
  at,
  now,
}: {
  readonly at: Date | undefined;
  /** Left out: only the instant itself. */
  readonly now?: Date;
}) {
  if (at === undefined) return <span>not known</span>;
  const exact = `${minuteUtc(at)} UTC`;
  const reading = useContext(Reading);
  return (
    <time datetime={at.toISOString()} title={exact}>
      {now === undefined ? exact : reading === "kept" ? `${exact} (${relative(at, now)})` : relative(at, now)}
    </time>
  );
}
