import type { Hono } from "hono";
import { exitOf } from "../errors.ts";
import type { Console } from "./console.ts";
import { ErrorNotice } from "./error-notice.tsx";
import { told } from "./operations.ts";
import { show } from "./page.tsx";

/** What a page says when it could not be made; one that was only asked for can be asked for again. */
export function addTrouble(app: Hono, console: Console): void {
  app.onError((error, c) => {
    const known = told(error);
    const status = exitOf(known.code) === exitOf("usage") ? 400 : 502;
    const { pathname, search } = new URL(c.req.url);
    const body = (
      <>
        <ErrorNotice error={known} />
        <p class="actions">
          <a class="button main" href={c.req.method === "GET" ? pathname + search : "/"}>
            {c.req.method === "GET" ? "Try again" : "To all credentials"}
          </a>
        </p>
      </>
    );
    return show(console, { title: "That did not work", body }, known.code === "bug" ? 500 : status);
  });
}
