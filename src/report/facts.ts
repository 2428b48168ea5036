import { wrap } from "./table.ts";

/** A label, and what is said beside it, a paragraph each. */
export type Fact = readonly [label: string, ...paragraphs: readonly string[]];

/** Under a title: labels with what is said of them, or a plain list. */
export type Section =
  | { readonly kind: "facts"; readonly title: string; readonly facts: readonly Fact[] }
  | { readonly kind: "list"; readonly title: string; readonly items: readonly string[] };

const INDENT = "  ";
const BULLET = "- ";
const WIDTH = 80;
/** A longer label has a line of its own, as one has whose text has a word that does not fit beside it. */
const LABEL_WIDTH = 22;

/** Sections in lines of 80 columns, labels aligned over all of them. An empty one is left out. */
export function sectionsAsText(sections: readonly Section[]): string {
  const labels = sections.flatMap((section) => (section.kind === "facts" ? section.facts : []));
  const lengths = labels.map(([label]) => label.length).filter((length) => length <= LABEL_WIDTH);
  const width = Math.max(0, ...lengths);
  return sections
    .map((section) => ({ title: section.title, text: contentOf(section, width) }))
    .filter(({ text }) => text !== "")
    .map(({ title, text }) => `${wrap(title)}${text}`)
    .join("\n");
}

function contentOf(section: Section, width: number): string {
  switch (section.kind) {
    case "facts":
      return section.facts.map((fact) => factAsText(fact, width)).join("");
    case "list":
      return section.items.map((item) => beside(BULLET, item)).join("");
  }
}

function factAsText([label, ...paragraphs]: Fact, width: number): string {
  const text = paragraphs.join("\n");
  const column = width + 2 * INDENT.length;
  const longest = Math.max(...text.split(/\s/).map(({ length }) => length));
  if (label.length <= width && column + longest <= WIDTH)
    return beside(label.padEnd(column - INDENT.length), text);
  return wrap(label, INDENT) + beside(INDENT, text);
}

function beside(label: string, text: string): string {
  const indent = " ".repeat(INDENT.length + label.length);
  const lines = text.split("\n").map((paragraph) => wrap(paragraph, indent));
  return INDENT + label + lines.join("").slice(indent.length);
}
