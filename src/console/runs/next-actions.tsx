import type { Next } from "../../page/next.ts";
import { actWords } from "../act-words.ts";

interface NextProps {
  readonly name: string;
  /** 0: it was never authorized. */
  readonly generation: number;
  readonly next: readonly Next[];
}

/** What a credential asks for next, as links to the pages that do it. */
export function NextActions({ name, generation, next }: NextProps) {
  if (next.length === 0) return null;
  return (
    <p class="actions">
      {next.map((each, index) => (
        <a class={index === 0 ? "button main" : "button"} href={`/credentials/${name}/${each}`}>
          {actWords(each, generation)}
          <span class="for-readers">{` ${name}`}</span>
        </a>
      ))}
    </p>
  );
}
