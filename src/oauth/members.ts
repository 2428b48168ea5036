import type { Provider } from "../providers/provider.ts";
import { decodeBody, unwrapped } from "./decode.ts";
import type { Fields } from "./decode.ts";
import { valueAt, wordOf } from "./pointer.ts";
import type { Word } from "./pointer.ts";
import { salvage } from "./salvage.ts";
import type { RawAnswer } from "./token-set.ts";

/** A token answer, decoded as its provider writes it. */
export interface DecodedAnswer {
  readonly raw: RawAnswer;
  /** Under RFC 6749's names, of any type; undefined: neither JSON nor a form. */
  readonly members: Fields | undefined;
  /** By the condition that the provider declares. */
  readonly word: Word;
}

/** The departures of which decoding an answer has to know. */
export type AnswerShape = Pick<Provider, "answer" | "refresh">;

/**
 * Finds each member at its declared pointer. Where nothing is there its own name at the top counts: providers that nest
 * the answer to an authorization may give the one to a refresh flat, as Slack does a user's tokens.
 */
export function decodeAnswer(raw: RawAnswer, { answer }: AnswerShape): DecodedAnswer {
  const body = decodeBody(raw);
  if (body === undefined) return { raw, members: undefined, word: "unsaid" };
  const declared = Object.entries(answer.members)
    .map(([name, pointer]) => [name, valueAt(body, pointer)] as const)
    .filter(([, value]) => value !== undefined);
  // Whoever declares where the token is leaves no envelope to be guessed.
  const plain = answer.members.access_token === undefined ? unwrapped(body) : body;
  const members = { ...plain, ...Object.fromEntries(declared) };
  return { raw, members, word: wordOf(answer.success, body) };
}

/**
 * The token that the next refresh presents, found even where the rest is no use, in the wrong place or broken off;
 * `replaces` is the one that was spent. Of an answer with an error's status nothing is taken from below the top: it may
 * repeat the request.
 */
export function renewableIn(
  { raw, members }: DecodedAnswer,
  shape: AnswerShape,
  replaces: string | undefined,
): string | undefined {
  const name = shape.refresh.presents;
  const found = nonEmptyText(members?.[name]);
  if (found !== undefined || !isSuccess(raw.status)) return found;
  return salvage(raw, { name, pointer: shape.answer.members[name], replaces });
}

/** 2xx: as far as HTTP goes. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** undefined for any other type, and for an empty text. */
export function nonEmptyText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
