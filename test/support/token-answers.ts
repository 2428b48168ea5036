import { isWellFormed, readAnswer } from "../../src/oauth/answer.ts";
import type { AnswerContext, Reading } from "../../src/oauth/answer.ts";
import type { RawAnswer } from "../../src/oauth/token-set.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { Secret } from "../../src/secret.ts";
import { departing } from "./scripted-http.ts";

/** When the answers of these tests came. */
export const OBTAINED_AT = new Date("2026-11-22T12:00:00Z");

/** The refresh token that was spent for them. */
export const SPENT = "refresh-0";

/** What sealring makes of an answer. */
export interface Judgement {
  readonly reading: Reading;
  /** Whether the server itself has answered. */
  readonly counts: boolean;
}

/** Reads a body that comes with status 200. */
export function readBody(declaration: ProviderDeclaration, body: unknown): Promise<Judgement> {
  return readRaw(declaration, rawOf(200, body));
}

export async function readRaw(
  declaration: ProviderDeclaration,
  raw: RawAnswer,
  more: Partial<AnswerContext> = {},
): Promise<Judgement> {
  const provider = departing(declaration);
  const context = { provider, clientId: "c", requestedScopes: ["daily"], obtainedAt: OBTAINED_AT };
  const reading = await readAnswer(raw, { ...context, replaces: new Secret(SPENT), ...more });
  return { reading, counts: isWellFormed(raw, provider) };
}

/** An answer with a body that is text, or written as JSON. */
export function rawOf(status: number, body: unknown): RawAnswer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status, contentType: "application/json", body: text };
}

/** The refresh token of a reading, of whichever kind. */
export function renewalIn({ reading }: Judgement): string | undefined {
  return (reading.kind === "tokens" ? reading.tokens : reading).refreshToken?.reveal();
}
