import type { SealedValue } from "../../src/github.ts";

/** Stands for a text; 0 for none. Equal texts have equal numbers, so that states compare by a few of them. */
export type TextId = number;

/** The number of no text. */
export const NONE: TextId = 0;

const ids = new Map<string, TextId>([["", NONE]]);
const texts: string[] = [""];

/** Gives a text its number. */
export function textId(text: string | undefined): TextId {
  if (text === undefined) return NONE;
  const known = ids.get(text);
  if (known !== undefined) return known;
  ids.set(text, texts.length);
  return texts.push(text) - 1;
}

export function textOf(id: TextId): string {
  const text = texts[id];
  if (text === undefined) throw new Error(`there is no text ${String(id)}`);
  return text;
}

/** Computes something of a text once. */
export function ofText<Fact>(compute: (text: string) => Fact): (id: TextId) => Fact | undefined {
  const known = new Map<TextId, Fact>();
  return (id) => {
    if (id === NONE) return undefined;
    const fact = known.get(id) ?? compute(textOf(id));
    known.set(id, fact);
    return fact;
  };
}

/** The model seals without a lock: who may open a box is not what it is about. */
export function sealed(value: string): SealedValue {
  return { keyId: "1", ciphertext: Buffer.from(value).toString("base64") };
}

export function opened({ ciphertext }: SealedValue): string {
  return Buffer.from(ciphertext, "base64").toString("utf8");
}
