import type { Context, MiddlewareHandler } from "hono";
import type { Console } from "./console.ts";
import { barredPage } from "./barred.tsx";
import type { Bar } from "./barred.tsx";
import { plainPage } from "./page.tsx";

/** More than any form of ours has. */
const MAX_BODY_BYTES = 256 * 1024;

/** Paths that show nothing of anybody's, for a browser that has no cookie or, coming from another site, does not send it. */
const OPEN = /^\/(?:start|back\/[a-z0-9-]{1,64}|assets\/[a-z.]{1,32})$/;

const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  // `no-referrer` would have browsers send `Origin: null` with our own forms.
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/**
 * Lets through what our own pages ask for in the browser that has the session: the exact Host (against DNS rebinding), our
 * Origin and form token (against other sites' forms), and the cookie. Every answer goes out with the headers above.
 */
export function guard(console: Console): MiddlewareHandler {
  return async (c, next) => {
    const bar = await barOf(console, c);
    if (bar === undefined) await (c.req.method === "POST" ? console.underway.keep(next()) : next());
    else
      c.res = await plainPage(
        barredPage(bar, bar === "host" ? `${console.origin}/` : c.req.path),
        STATUS[bar],
      );
    for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
  };
}

const STATUS: Readonly<Record<Bar, number>> = {
  host: 421,
  method: 405,
  other_site: 403,
  link: 403,
  too_large: 413,
  form: 403,
  session: 403,
  closing: 503,
};

export function cookieName({ origin }: Pick<Console, "origin">): string {
  // Browsers keep one jar for all ports of a host.
  return `sealring_${new URL(origin).port}`;
}

/**
 * Whether a request has the session's cookie. A server on another port of this machine can set one of the same name beside
 * it, and a browser sends both.
 */
export function hasCookie(c: Context, { origin, session }: Pick<Console, "origin" | "session">): boolean {
  const begin = `${cookieName({ origin })}=`;
  const cookies = (c.req.header("cookie") ?? "").split(";").map((each) => each.trim());
  return cookies.some((each) => each.startsWith(begin) && session.isOpen(each.slice(begin.length)));
}

async function barOf(console: Console, c: Context): Promise<Bar | undefined> {
  if (c.req.header("host") !== new URL(console.origin).host) return "host";
  const { method } = c.req;
  if (method !== "GET" && method !== "POST") return "method";
  if (OPEN.test(c.req.path)) return method === "GET" ? undefined : "method";
  if (isElsewheres(c)) return isLink(c) ? "link" : "other_site";
  if (!hasCookie(c, console)) return "session";
  return method === "POST" ? barOfForm(console, c) : undefined;
}

/** Whether another origin asks, or leads here. A server on another port of this host is the same site, and gets the cookie sent. */
function isElsewheres(c: Context): boolean {
  const site = c.req.header("sec-fetch-site");
  return site !== undefined && site !== "same-origin" && site !== "none";
}

/** What pages have for addresses, without a query; `//` would begin another host's. */
const PLACE = /^(?:\/|(?:\/[A-Za-z0-9_-]{1,64}){1,4})$/;

/**
 * Whether a person follows another origin's link to a page. It is shown from a page of ours alone, which has no button: the
 * second click of a double click, meant for the other page, would press it.
 */
function isLink(c: Context): boolean {
  return c.req.method === "GET" && c.req.header("sec-fetch-dest") === "document" && PLACE.test(c.req.path);
}

async function barOfForm({ origin, session, ports }: Console, c: Context): Promise<Bar | undefined> {
  if (c.req.header("origin") !== origin) return "other_site";
  const site = c.req.header("sec-fetch-site") ?? "same-origin";
  if (site !== "same-origin") return "other_site";
  if (c.req.header("content-type")?.split(";")[0] !== "application/x-www-form-urlencoded") return "form";
  const length = Number(c.req.header("content-length"));
  if (!(length <= MAX_BODY_BYTES)) return "too_large";
  const { form_token: token } = await c.req.parseBody();
  if (!session.isOwnForm(token)) return "form";
  // Last of all, so that whatever is let through is counted before the console asks what is underway.
  return ports.stop.aborted ? "closing" : undefined;
}
