import type { Hono } from "hono";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";
import { commitWanted } from "./commit.tsx";
import { savedBody } from "./saved.tsx";
import { readWanted } from "./wanted.ts";

/** After a credential's file was written: what was saved, and committing it. */
export function addSaved(app: Hono, console: Console): void {
  app.get("/credentials/:name/saved", async (c) => {
    const name = c.req.param("name");
    const body = await savedBody(console, name);
    if (body === undefined) return c.notFound();
    return show(console, { title: `${name} is saved`, body, current: "credentials" });
  });
  app.post("/commit", async (c) => commitWanted(console, readWanted(await c.req.formData())));
}
