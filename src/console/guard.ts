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
    else c.res = await plainPage(barredPage(bar, c.req.path), STATUS[bar]);
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
  if (!hasCookie(c, console)) return isLink(c) ? "link" : "session";
  if (isElsewheres(c)) return "other_site";
  return method === "POST" ? barOfForm(console, c) : undefined;
}

/** What pages have for addresses, without a query; `//` would begin another host's. */
const PLACE = /^(?:\/|(?:\/[A-Za-z0-9_-]{1,64}){1,4})$/;

/**
 * Whether a person follows another site's link to a page: a browser that has the cookie does not send it then, and does from a
 * page of ours.
 */
function isLink(c: Context): boolean {
  const [site, dest] = [c.req.header("sec-fetch-site"), c.req.header("sec-fetch-dest")];
  const isFollowed = (site === "cross-site" || site === "same-site") && dest === "document";
  return isFollowed && c.req.method === "GET" && PLACE.test(c.req.path);
}

/**
 * Whether another origin asks for something to put into its own page. A server on another port of this host is the same
 * site, so that browsers send the cookie along; a person who follows a link from there is let through.
 */
function isElsewheres(c: Context): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site === undefined || site === "same-origin" || site === "none") return false;
  return c.req.header("sec-fetch-dest") !== "document";
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
