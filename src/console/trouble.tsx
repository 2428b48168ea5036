import type { Hono } from "hono";
import { exitOf } from "../errors.ts";
import { ErrorNotice } from "../page/notice.tsx";
import type { Console } from "./console.ts";
import { told } from "./operations.ts";
import { show } from "./page.tsx";

/** What a page says when it could not be made. */
export function addTrouble(app: Hono, console: Console): void {
  app.onError((error) => {
    const known = told(error);
    const status = exitOf(known.code) === exitOf("usage") ? 400 : 502;
    const shown = { title: "That did not work", body: <ErrorNotice error={known} /> };
    return show(console, shown, known.code === "bug" ? 500 : status);
  });
}
