import type { Hono } from "hono";
import { documentHtml } from "../../page/document.tsx";

/**
 * `/back/<name>`: where the redirect's page leads. A browser that comes from another site does not send the session's
 * cookie; from this page on it does. It shows nothing of anybody's.
 */
export function addBack(app: Hono): void {
  app.get("/back/:name{[a-z0-9-]{1,64}}", async (c) => {
    const place = `/credentials/${c.req.param("name")}/authorize`;
    const head = (
      <>
        <meta http-equiv="refresh" content={`0;url=${place}`} />
        <link rel="stylesheet" href="/assets/style.css" />
      </>
    );
    const children = (
      <main>
        <h1>Back to the console</h1>
        <p>
          <a href={place}>Go on</a>
        </p>
      </main>
    );
    return c.html(await documentHtml({ title: "Back to the console", head, children }));
  });
}
