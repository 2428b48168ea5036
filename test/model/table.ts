import { writeSection } from "../support/generated-section.ts";
import type { Explored } from "./explore.ts";
import type { Scenario } from "./scenario.ts";

/** A space that was explored to its end. */
export interface Surveyed {
  readonly space: Scenario & { readonly of: string };
  readonly explored: Explored;
}

/** `208,000 states, 464,000 transitions`. */
export function total(surveyed: readonly Surveyed[]): string {
  const sum = (key: "states" | "transitions" | "rests") =>
    surveyed.reduce((all, { explored }) => all + explored[key], 0).toLocaleString("en");
  return `${sum("states")} states, ${sum("transitions")} transitions, ${sum("rests")} ends from which fresh runs went on`;
}

/** Puts the sizes into docs/reliability.md. */
export async function writeSizes(surveyed: readonly Surveyed[]): Promise<void> {
  const rows = surveyed.map(({ space, explored: { states, transitions, rests } }) => {
    const sizes = [states, transitions, rests].map((size) => size.toLocaleString("en"));
    return `| ${[space.of, `\`${space.rotation}\``, ...sizes].join(" | ")} |`;
  });
  const head = [
    "| what may happen | rotation | states | transitions | ends |",
    "| --- | --- | --: | --: | --: |",
  ];
  const section = { page: "docs/reliability.md", name: "model", command: "npm run model" };
  await writeSection(section, [`${total(surveyed)}.`, "", ...head, ...rows].join("\n"));
}
