import { Document, isScalar, Scalar, visit, YAMLSeq } from "yaml";

const OPTIONS = { lineWidth: 0, flowCollectionPadding: false } as const;

/** A member of a block map as whole lines, its key in this column. */
export function memberLines(key: string, value: unknown, column: number): string {
  return indented(yaml({ [key]: value }), column);
}

/** An item of a block list as whole lines, its dash in this column. */
export function itemLines(value: unknown, column: number): string {
  return indented(yaml([value]), column);
}

/** A value in one line, fit for brackets, in the quotes of the one that it replaces. */
export function scalarText(value: unknown, { type }: Scalar): string {
  const scalar = new Scalar(value);
  if (typeof value === "string" && isQuoted(type)) scalar.type = type;
  const document = new Document();
  const list = new YAMLSeq();
  [list.items, list.flow, document.contents] = [[scalar], true, list];
  return document.toString(OPTIONS).trimEnd().slice(1, -1);
}

function isQuoted(type: Scalar["type"]): type is Scalar.QUOTE_DOUBLE | Scalar.QUOTE_SINGLE {
  return type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE";
}

/** Lists of plain words that a line holds are written in it. */
const LONGEST_FLOW = 60;

function yaml(value: object): string {
  const document = new Document(value);
  visit(document, {
    Seq: (_, list) => {
      if (list !== document.contents && list.items.every(isScalar))
        list.flow = list.items.map(String).join(", ").length <= LONGEST_FLOW;
    },
  });
  return document.toString(OPTIONS);
}

function indented(lines: string, column: number): string {
  return lines.replaceAll(/^(?=.)/gm, " ".repeat(column));
}
