import type { Site } from "../commands/status.ts";

/**
 * An address that a link may lead to: https, or http. Declarations, the journal and providers have others, such as
 * `javascript:`; undefined for those.
 */
export function safeHref(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return protocol === "https:" || protocol === "http:" ? href : undefined;
}

/**
 * The page of a workflow's run. Whoever writes to the journal writes its addresses: only a run of this repository, at the
 * GitHub that it is on, is linked to; undefined for others.
 */
export function runHref(address: string | undefined, { webUrl, repository }: Site): string | undefined {
  const run = /^(.+)\/actions\/runs\/[0-9]{1,20}$/.exec(address ?? "");
  return run?.[1]?.toLowerCase() === `${webUrl}/${repository}`.toLowerCase() ? safeHref(address) : undefined;
}

/** Plainly one address, with nothing that a mail program takes for more. */
const MAIL = /^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/;

/** A link to write to somebody; undefined for what is not plainly one e-mail address. */
export function mailHref(owner: string): string | undefined {
  return MAIL.test(owner) ? `mailto:${owner}` : undefined;
}
