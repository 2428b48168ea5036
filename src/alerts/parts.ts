import { formatInstant } from "../instant.ts";
import { code, link, mention } from "./markdown.ts";
import type { Occasion } from "./occasion.ts";

/** Paragraphs as one Markdown body. */
export function bodyOf(paragraphs: readonly (string | undefined)[]): string {
  return paragraphs.flatMap((paragraph) => (paragraph === undefined ? [] : [`${paragraph}\n`])).join("\n");
}

/** What the credential is for, as its declaration says. */
export function about({ credential: { name, description } }: Occasion): string | undefined {
  return description === undefined ? undefined : `${code(name)}: ${code(description)}`;
}

/** Until when whatever reads the outputs goes on working; undefined where nobody knows. */
export function deadline({ credential, result, entry, now }: Occasion): string | undefined {
  const expiresAt = result.expiresAt ?? entry?.expiresAt;
  if (expiresAt === undefined) return undefined;
  const readers = `whatever reads ${credential.outputs.map(({ secretName }) => code(secretName)).join(", ")}`;
  return expiresAt > now
    ? `**Deadline: ${formatInstant(expiresAt)}.** Until then ${readers} goes on working; after it, it fails.`
    : `**The access token expired at ${formatInstant(expiresAt)}.** Until this is mended, ${readers} fails.`;
}

/** For a credential that is not missed. */
export function orRemove({ credential }: Occasion): string {
  return `Nobody needs it any more? Remove ${code(credential.file)} from the repository, and close this issue.`;
}

/** Who is called, and where to read on. */
export function foot({ credential, runUrl }: Occasion, errorCode: string | undefined): string {
  const facts = [
    ...(credential.owner === undefined ? [] : [`Called: ${mention(credential.owner)}`]),
    ...(errorCode === undefined ? [] : [`error: ${code(errorCode)}`]),
    ...(runUrl === undefined ? [] : [`last seen by ${link("this run", runUrl)}`]),
  ];
  const kept =
    "sealring keeps this issue up to date, and closes it as soon as a run finds the credential well.";
  return ["---", ...(facts.length === 0 ? [] : [facts.join(" · ")]), kept].join("\n\n");
}
