import { decodeEntry } from "../../src/journal/codec.ts";
import { readBox } from "../../src/envelope/box.ts";
import type { SealedValue } from "../../src/github.ts";
import { NONE, ofText, opened, textId } from "./texts.ts";
import type { TextId } from "./texts.ts";

/** What the model has to know of an envelope. */
export interface EnvelopeFacts {
  readonly generation: number;
  readonly refreshToken: number;
  readonly accessToken: number;
}

interface EnvelopeFile {
  readonly generation: number;
  readonly replaces: string | null;
  readonly answer: { readonly body: string };
}

export const envelopeFacts = ofText((text): EnvelopeFacts => {
  const { generation, replaces, answer } = JSON.parse(text) as EnvelopeFile;
  const tokens = JSON.parse(answer.body) as Readonly<Record<string, string | undefined>>;
  const refreshToken = tokenNumber(tokens["refresh_token"] ?? replaces ?? "");
  return { generation, refreshToken, accessToken: tokenNumber(tokens["access_token"] ?? "") };
});

/** The tokens of the model are numbered as they are issued: `rt-3` comes with `at-3`. */
export function tokenNumber(token: string): number {
  return Number(token.slice(3));
}

export const boxOf = ofText((text) => readBox(text));

/** Whether an envelope came before it, under whose key it is authenticated. */
export const isAuthentic = ofText((text) => (JSON.parse(text) as { readonly mac: unknown }).mac !== null);

const inBox = ofText((text): TextId => {
  const { sealed } = JSON.parse(text) as { readonly sealed: SealedValue };
  return textId(opened(sealed));
});

/** The envelope in a box. */
export function envelopeIn(box: TextId): TextId {
  return inBox(box) ?? NONE;
}

export const entryOf = ofText((text) => decodeEntry("oura", text));

/** The process whose nonce this is. */
export function slotOf(nonce: string): number {
  return Buffer.from(nonce, "base64url")[0] ?? 0;
}
