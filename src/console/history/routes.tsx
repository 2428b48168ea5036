import type { Hono } from "hono";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";

export function addHistory(app: Hono, console: Console): void {
  app.get("/credentials/:name", () =>
    show(console, { title: "Credential", body: "Not built yet.", current: "credentials" }),
  );
}
