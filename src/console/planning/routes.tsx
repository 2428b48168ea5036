import type { Hono } from "hono";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";

export function addPlanning(app: Hono, console: Console): void {
  app.get("/plan", () => show(console, { title: "Plan", body: "Not built yet.", current: "plan" }));
}
