import type { Hono } from "hono";
import { setCookie } from "hono/cookie";
import { SCRIPT } from "./generated/script.ts";
import { STYLE } from "../page/generated/style.ts";
import { ICON } from "../page/icon.ts";
import { barredPage } from "./barred.tsx";
import type { Console } from "./console.ts";
import { cookieName, hasCookie } from "./guard.ts";
import { onwardHtml } from "./onward.tsx";
import { plainPage } from "./page.tsx";

/** What is served without a session: the way in, and what pages load. */
export function addDoors(app: Hono, console: Console): void {
  app.get("/start", async (c) => {
    const cookie = console.session.exchange(c.req.query("token") ?? "", console.ports.clock.now());
    if (cookie === undefined && !hasCookie(c, console)) return plainPage(barredPage("session"), 403);
    if (cookie !== undefined) setCookie(c, cookieName(console), cookie, COOKIE);
    return c.html(await onwardHtml("The console is open", "/"));
  });
  app.get("/assets/style.css", (c) => c.text(STYLE, 200, { "content-type": "text/css; charset=utf-8" }));
  app.get("/assets/console.js", (c) =>
    c.text(SCRIPT, 200, { "content-type": "text/javascript; charset=utf-8" }),
  );
  app.get("/assets/icon.svg", (c) => c.text(ICON, 200, { "content-type": "image/svg+xml" }));
}

const COOKIE = { httpOnly: true, sameSite: "Strict", path: "/" } as const;
