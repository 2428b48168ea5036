/** Text as it stands in HTML. */
export function escapeHtml(text: string): string {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => entities[character as keyof typeof entities]);
}

const STYLE = [
  "body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem;color:#1b1f24}",
  "form{display:grid;gap:.75rem}",
  "fieldset{border:1px solid #d0d7de;border-radius:.5rem;padding:1rem;display:grid;gap:.5rem}",
  "button{font:inherit;padding:.5rem 1rem;border-radius:.5rem;border:1px solid #d0d7de;cursor:pointer}",
  "button[value=allow]{background:#1a7f37;color:#fff}",
  "small{color:#59636e}",
].join("");

/** What a page may do. `formTargets`: origins, beside the page's own, that its form may lead to. */
export interface PageOptions {
  readonly status: number;
  readonly nonce: string;
  readonly formTargets: readonly string[];
}

/** A page without scripts that loads nothing and cannot be framed. `body` is HTML. */
export function page(title: string, body: string, { status, nonce, formTargets }: PageOptions): Response {
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    // Browsers hold the redirect that answers a form to this list as well.
    ["form-action 'self'", ...formTargets].join(" "),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  const html = [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title><style nonce="${nonce}">${STYLE}</style></head>`,
    `<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`,
  ].join("\n");
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
  return new Response(html, { status, headers });
}
