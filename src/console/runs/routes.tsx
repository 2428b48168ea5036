import type { Hono } from "hono";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";

export function addRuns(app: Hono, console: Console): void {
  app.get("/credentials/:name/refresh", () =>
    show(console, { title: "Refresh", body: "Not built yet.", current: "credentials" }),
  );
}
