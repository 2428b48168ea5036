import { mailHref } from "./href.ts";

/** Whose a credential is, with a way to write to them where it is a mail address. */
export function Owner({ owner }: { readonly owner: string }) {
  const href = mailHref(owner);
  return href === undefined ? <>{owner}</> : <a href={href}>{owner}</a>;
}
