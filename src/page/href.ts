/**
 * An address that a link may lead to: https, or http. Declarations, the journal and providers have others, such as
 * `javascript:`; undefined for those.
 */
export function safeHref(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return protocol === "https:" || protocol === "http:" ? href : undefined;
}
