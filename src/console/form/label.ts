/** Words that are written in capitals. */
const CAPITALS = new Set(["id", "uri", "url", "jwt", "pkce", "json"]);

/** A key as people read it: `redirect_uri` is "Redirect URI". */
export function labelOf(key: string): string {
  const words = key.split("_").map((word) => (CAPITALS.has(word) ? word.toUpperCase() : word));
  const [first = "", ...rest] = words;
  return [first.slice(0, 1).toUpperCase() + first.slice(1), ...rest].join(" ");
}
