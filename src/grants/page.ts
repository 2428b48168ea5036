import { createHash } from "node:crypto";
import type { LoopbackResponse } from "../ports.ts";

/** What a page says: one heading, one sentence. */
export interface Notice {
  readonly heading: string;
  readonly sentence: string;
  /** Where it goes on, by itself and by a link; left out: nowhere. */
  readonly home?: string;
}

const STYLE =
  "body{font:18px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem;color:#222;background:#fff}" +
  "h1{font-size:1.5rem}@media(prefers-color-scheme:dark){body{color:#eee;background:#111}a{color:#9cf}}";

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

/**
 * A page of its own: no script, no asset from elsewhere, nothing kept, and no address passed on. It leads home as a page,
 * and not by a redirect, to which the provider's `form-action` would be held as well.
 */
export function page(status: number, notice: Notice): LoopbackResponse {
  const heading = escapeHtml(notice.heading);
  const home = notice.home === undefined ? undefined : escapeHtml(notice.home);
  const refresh = home === undefined ? "" : `<meta http-equiv="refresh" content="0;url=${home}">`;
  const link = home === undefined ? "" : `<p><a href="${home}">Go on there</a></p>`;
  const body = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}<title>${heading} · sealring</title><style>${STYLE}</style></head>
<body><main><h1>${heading}</h1><p>${escapeHtml(notice.sentence)}</p>${link}</main></body>
</html>
`;
  return { status, headers: HEADERS, body };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
