import { publishedBy } from "../adding/published.ts";
import { byIssuer, catalogued } from "../adding/subject.ts";
import type { Found, Subject } from "../adding/subject.ts";
import { SealringError } from "../errors.ts";
import { publishedMetadata } from "../oauth/discovery.ts";
import type { HttpClient, Prompt } from "../ports.ts";
import type { ProviderStatus } from "../providers/catalogue.ts";
import { isSecureUrl } from "../secure-url.ts";
import type { Ports } from "./context.ts";
import { listCatalogue, showProvider } from "./providers.ts";

/** No id of the catalogue has a space in it. */
const BY_ISSUER = "by issuer";

/**
 * The provider that is meant: an id of the catalogue, an issuer's address, or what a person picks. An issuer is asked
 * for its metadata.
 * @throws SealringError `usage` for an id that is not in the catalogue, where nobody can be asked, or where the provider
 *   registers no clients any more and the person has none.
 */
export async function subjectOf(
  given: string | undefined,
  { prompt, http }: Pick<Ports, "prompt" | "http">,
): Promise<Subject> {
  const named = given ?? (await pick(prompt));
  return named.includes("://")
    ? byIssuer(named, await lookUp(http, named))
    : catalogued(showProvider(named).entry);
}

/** What an issuer publishes of itself; undefined: the loader takes no such issuer, and says why. */
export async function lookUp(http: HttpClient, issuer: string): Promise<Found | undefined> {
  if (!URL.canParse(issuer) || !isSecureUrl(issuer)) return undefined;
  const nothing = { kind: "unread", reason: `${issuer} publishes no metadata` } as const;
  try {
    const server = await publishedMetadata(http, issuer);
    return server === undefined
      ? { ...nothing, advice: "declare its endpoints in the file: docs/providers.md" }
      : { kind: "published", published: publishedBy(server) };
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    return { kind: "unread", reason: error.message, advice: error.hint };
  }
}

const NO_NEW_CLIENTS: Readonly<Partial<Record<ProviderStatus, string>>> = {
  closed_to_new_apps: "registers no new clients",
  retired: "is switched off, or will be",
};

/**
 * Asks first whether there is a client, where nobody gets a new one.
 * @throws SealringError `usage` where there is none.
 */
export async function needClient({ entry }: Subject, prompt: Prompt): Promise<void> {
  const words = entry && NO_NEW_CLIENTS[entry.status];
  if (words === undefined || entry === undefined || !prompt.interactive) return;
  if (await prompt.confirm(`${entry.name} ${words}. Do you have a client there already?`)) return;
  throw new SealringError("usage", `${entry.name} ${words}, and without a client there is nothing to add`, {
    hint: "look for another provider: sealring providers list",
  });
}

async function pick(prompt: Prompt): Promise<string> {
  if (!prompt.interactive) {
    throw new SealringError("usage", "it is not said which provider the new credential is for", {
      hint: "run: sealring providers list; then: sealring add <id>",
    });
  }
  const known = listCatalogue().map(({ entry: { id, name } }) => ({ value: id, label: name, hint: id }));
  const other = { value: BY_ISSUER, label: "Another one, by its issuer", always: true } as const;
  const picked = await prompt.select("Provider", [...known, other]);
  if (picked !== BY_ISSUER) return picked;
  return prompt.field({ question: "Issuer", fallback: "", judge: judgeIssuer });
}

/** What is wrong with what was typed as an issuer; undefined: nothing. */
export function judgeIssuer(typed: string): string | undefined {
  return URL.canParse(typed) ? undefined : "an issuer is an address, such as https://id.example.com";
}
