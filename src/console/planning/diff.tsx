import type { PropsWithChildren } from "hono/jsx";
import { visible } from "../../declaration/visible.ts";

/** As many lines are shown at once; more are folded. */
const MOST_OPEN = 12;

/** Something that is opened by whoever wants to see it. */
export function Folded({ words, children }: PropsWithChildren<{ readonly words: string }>) {
  return (
    <details>
      <summary>{words}</summary>
      {children}
    </details>
  );
}

interface DiffProps {
  readonly path: string;
  /** Lines that begin with `@@`, `-`, `+` or a space. */
  readonly lines: readonly string[];
}

/** What differs in a file, line by line; folded where it is long. */
export function Diff({ path, lines }: DiffProps) {
  const shown = <DiffLines path={path} lines={lines} />;
  const count = lines.filter((line) => /^[+-]/.test(line)).length;
  return lines.length > MOST_OPEN ? <Folded words={`${String(count)} lines differ`}>{shown}</Folded> : shown;
}

/** What differs in a file, all of it. */
export function DiffLines({ path, lines }: DiffProps) {
  return (
    <pre class="diff" tabindex={0} role="group" aria-label={`Changes in ${visible(path)}`}>
      {lines.map((line) => (
        <Line line={line} />
      ))}
    </pre>
  );
}

function Line({ line }: { readonly line: string }) {
  const text = `${visible(line)}\n`;
  switch (line[0]) {
    case "+":
      return <ins>{text}</ins>;
    case "-":
      return <del>{text}</del>;
    case "@":
      return <span class="place">{text}</span>;
    default:
      return <span>{text}</span>;
  }
}

/** A whole text file, for whoever wants to read it first. */
export function NewFile({ path, bytes }: { readonly path: string; readonly bytes: Uint8Array }) {
  const lines = new TextDecoder().decode(bytes).trimEnd().split("\n").map(visible);
  return (
    <Folded words={`${String(lines.length)} lines`}>
      <pre tabindex={0} role="group" aria-label={`The file ${visible(path)}`}>
        {lines.join("\n")}
      </pre>
    </Folded>
  );
}
