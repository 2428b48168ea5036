import type { Hono } from "hono";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";

export function addAdding(app: Hono, console: Console): void {
  app.get("/add", () =>
    show(console, { title: "Add a credential", body: "Not built yet.", current: "credentials" }),
  );
}
