import type { Hono } from "hono";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";
import { commitAsked } from "./commit.tsx";
import { readRequest } from "./commit-request.ts";
import { savedBody } from "./saved.tsx";

/** After a credential's file was written: what was saved, and committing it. */
export function addSaved(app: Hono, console: Console): void {
  app.get("/credentials/:name/saved", async (c) => {
    const name = c.req.param("name");
    const body = await savedBody(console, name);
    if (body === undefined) return c.notFound();
    return show(console, { title: `${name} is saved`, body, current: "credentials" });
  });
  /** One commit at a time, so that of a form that was sent twice the second finds nothing left. */
  let turn: Promise<unknown> = Promise.resolve();
  app.post("/commit", async (c) => {
    const asked = readRequest(await c.req.formData());
    const answer = turn.then(() => commitAsked(console, asked));
    turn = answer.catch(() => undefined);
    return answer;
  });
}
