import type { Hono } from "hono";
import { onwardHtml } from "../onward.tsx";

/** `/back/<name>`: where the redirect's page leads. */
export function addBack(app: Hono): void {
  app.get("/back/:name{[a-z0-9-]{1,64}}", async (c) =>
    c.html(await onwardHtml("Back to the console", `/credentials/${c.req.param("name")}/authorize`)),
  );
}
