import type { TileScopes } from "./tile.ts";

const MOST_NAMED = 8;

/** Declared scopes, and where a grant departs from them. */
export function ScopesText({ scopes }: { readonly scopes: TileScopes }) {
  const { declared, granted, missing, extra } = scopes;
  const isWhole = granted === "told" && missing.length === 0;
  return (
    <>
      {named(declared)}
      {isWhole && declared.length > 0 ? <span class="faint">, all granted</span> : null}
      {missing.length > 0 ? <strong class="missing">{` Not granted: ${named(missing)}`}</strong> : null}
      {extra.length > 0 ? <span class="faint">{` Granted, too: ${named(extra)}`}</span> : null}
    </>
  );
}

function named(scopes: readonly string[]): string {
  const left = scopes.length - MOST_NAMED;
  const shown = scopes.slice(0, MOST_NAMED).join(", ");
  return left > 0 ? `${shown} and ${String(left)} more` : shown;
}
