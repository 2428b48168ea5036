import type { Hono } from "hono";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";

export function addTiles(app: Hono, console: Console): void {
  app.get("/", () => show(console, { title: "Credentials", body: "Not built yet.", current: "credentials" }));
}
