/** The address of a form of these pages. */
export type FormAddress =
  /** `provider` is an id of the catalogue, or `issuer`. */
  | { readonly kind: "new"; readonly provider: string; readonly issuer: string }
  | { readonly kind: "edit"; readonly name: string; readonly as: "form" | "text" };

/** What a URL is the form of; undefined: of none. */
export function readAddress(url: string): FormAddress | undefined {
  if (!URL.canParse(url)) return undefined;
  const { pathname, searchParams } = new URL(url);
  const provider = /^\/add\/([a-z0-9-]{1,64})$/.exec(pathname)?.[1];
  if (provider !== undefined) return { kind: "new", provider, issuer: searchParams.get("issuer") ?? "" };
  const name = /^\/credentials\/([a-z0-9-]{1,64})\/edit$/.exec(pathname)?.[1];
  if (name === undefined) return undefined;
  return { kind: "edit", name, as: searchParams.get("as") === "text" ? "text" : "form" };
}
