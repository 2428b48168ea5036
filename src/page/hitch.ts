/** Why nothing renews a credential that runs are to renew. */
export interface Hitch {
  /** A sentence or two. */
  readonly words: string;
  /** The page where it is mended. */
  readonly way: { readonly label: string; readonly href: string };
}
