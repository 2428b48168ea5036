import type { Secret } from "../../secret.ts";

/** Where a request gets its token from. */
export type TokenSource =
  | { readonly kind: "given"; readonly token: Secret }
  /** Asked for each request, by its address. Throws a SealringError. */
  | { readonly kind: "asked"; readonly tokenFor: (url: string) => Promise<Secret> }
  /** The request comes signed. */
  | { readonly kind: "signed" };

/** The header that a request needs; none where it has it already. */
export async function authorizationFor(
  source: TokenSource,
  url: string,
): Promise<{ readonly authorization?: string }> {
  switch (source.kind) {
    case "given":
      return { authorization: `Bearer ${source.token.reveal()}` };
    case "asked":
      return { authorization: `Bearer ${(await source.tokenFor(url)).reveal()}` };
    case "signed":
      return {};
  }
}
