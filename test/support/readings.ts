import { readAnswer } from "../../src/oauth/answer.ts";
import type { Reading } from "../../src/oauth/answer.ts";
import type { Party } from "../../src/oauth/client.ts";
import type { Exchange } from "../../src/oauth/token.ts";
import type { TokenSet } from "../../src/oauth/token-set.ts";
import type { Secret } from "../../src/secret.ts";

/** What an exchange with a real server comes to. Fails the test when no answer came. */
export async function reading(exchange: Exchange, party: Party, replaces?: Secret): Promise<Reading> {
  if (exchange.kind !== "answered") throw new Error(`not answered: ${exchange.kind} ${exchange.reason}`);
  return readAnswer(exchange.raw, {
    provider: party.provider,
    clientId: party.client.id,
    requestedScopes: ["openid", "daily"],
    obtainedAt: new Date(),
    replaces,
  });
}

/** The tokens that an exchange brought. Fails the test when it brought none. */
export async function granted(exchange: Exchange, party: Party, replaces?: Secret): Promise<TokenSet> {
  const read = await reading(exchange, party, replaces);
  if (read.kind !== "tokens") throw new Error(read.code);
  return read.tokens;
}

/** Stands where a value has to be: fails the test when it is not. */
export function missing(): never {
  throw new Error("there should be one");
}
