import type { Hono } from "hono";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";

export function addAuthorizing(app: Hono, console: Console): void {
  app.get("/credentials/:name/authorize", () =>
    show(console, { title: "Authorize", body: "Not built yet.", current: "credentials" }),
  );
}
