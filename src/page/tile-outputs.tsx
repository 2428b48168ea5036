import { Instant } from "./instant.tsx";
import type { TileOutput } from "./tile-output.ts";

interface Shown {
  readonly outputs: readonly TileOutput[];
  readonly now: Date;
}

/** Which secrets are written where, and when each was last. */
export function TileOutputs({ outputs, now }: Shown) {
  return (
    <details class="outputs">
      <summary>{summaryOf(outputs)}</summary>
      <ul>
        {outputs.map((output) => (
          <li>
            <code>{output.secretName}</code>
            {` in ${output.store}: `}
            <WritingText writing={output.writing} now={now} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Whether, and when, a secret was written. */
export function WritingText({
  writing,
  now,
}: {
  readonly writing: TileOutput["writing"];
  readonly now: Date;
}) {
  switch (writing.kind) {
    case "written":
      return (
        <>
          written <Instant at={writing.at} now={now} />
        </>
      );
    case "waiting":
      return (
        <>
          <strong>waits for the next run</strong>
          {writing.at === undefined ? null : (
            <>
              {", last written "}
              <Instant at={writing.at} now={now} />
            </>
          )}
        </>
      );
    case "not_yet":
      return <>not written yet</>;
    case "removed":
      return <>removed</>;
    case "unknown":
      return <>not known</>;
  }
}

function summaryOf(outputs: readonly TileOutput[]): string {
  const all = count(outputs.length);
  const of = (kind: TileOutput["writing"]["kind"]) =>
    outputs.filter(({ writing }) => writing.kind === kind).length;
  if (of("waiting") > 0) return `${String(of("waiting"))} of ${all} waiting to be written`;
  for (const kind of ["written", "removed"] as const)
    if (of(kind) === outputs.length) return `${all} ${kind}`;
  return of("written") === 0 ? all : `${String(of("written"))} of ${all} written`;
}

function count(secrets: number): string {
  return `${String(secrets)} secret${secrets === 1 ? "" : "s"}`;
}
