import { byIssuer, catalogued } from "../adding/subject.ts";
import type { Subject } from "../adding/subject.ts";
import { SealringError } from "../errors.ts";
import type { Prompt } from "../ports.ts";
import { listCatalogue, showProvider } from "./providers.ts";

const BY_ISSUER = "";

/**
 * The provider that is meant: an id of the catalogue, an issuer's address, or what a person picks.
 * @throws SealringError `usage` for an id that is not in the catalogue, or where nobody can be asked.
 */
export async function subjectOf(given: string | undefined, prompt: Prompt): Promise<Subject> {
  const named = given ?? (await pick(prompt));
  return named.includes("://") ? byIssuer(named) : catalogued(showProvider(named).entry);
}

async function pick(prompt: Prompt): Promise<string> {
  if (!prompt.interactive) {
    throw new SealringError("usage", "it is not said which provider the new credential is for", {
      hint: "run: sealring providers list; then: sealring add <id>",
    });
  }
  const known = listCatalogue().map(({ entry: { id, name } }) => ({ value: id, label: name, hint: id }));
  const other = { value: BY_ISSUER, label: "Another one", hint: "by its issuer, where discovery works" };
  const picked = await prompt.select("Provider", [...known, other]);
  if (picked !== BY_ISSUER) return picked;
  return prompt.field({ question: "Issuer", fallback: "", judge: judgeIssuer });
}

function judgeIssuer(typed: string): string | undefined {
  return URL.canParse(typed) ? undefined : "an issuer is an address, such as https://id.example.com";
}
