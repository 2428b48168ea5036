import type { Context } from "hono";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";

/** Whether another page than one of ours, or the person, asks for this. */
export function isLedHere(c: Context): boolean {
  const site = c.req.header("sec-fetch-site") ?? "none";
  return site !== "none" && site !== "same-origin";
}

/** Asks before an address is looked up that another page has chosen. */
export function askFirst(console: Console, issuer: string): Promise<Response> {
  const body = (
    <form class="card" method="get" action="/add/issuer">
      <p>
        Another page led you here, to look up what <code>{issuer}</code> publishes of itself. Nothing was
        asked there yet.
      </p>
      <input type="hidden" name="issuer" value={issuer} />
      <button type="submit">Look it up</button>
    </form>
  );
  return show(console, { title: "Add a credential by its issuer", body, current: "credentials" });
}
