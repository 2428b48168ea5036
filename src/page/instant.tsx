import { minuteUtc, relative } from "../report/instants.ts";

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
  return (
    <time datetime={at.toISOString()} title={exact}>
      {now === undefined ? exact : relative(at, now)}
    </time>
  );
}
