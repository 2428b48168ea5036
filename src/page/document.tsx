import { html } from "hono/html";
import type { Child, PropsWithChildren } from "hono/jsx";

type DocumentProps = PropsWithChildren<{
  readonly title: string;
  /** Stylesheet, script and icon, or the style itself. */
  readonly head: Child;
}>;

/** A whole page, from its doctype on. What is in it is escaped as it is written. */
export async function documentHtml({ title, head, children }: DocumentProps): Promise<string> {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · sealring`}</title>
        {head}
      </head>
      <body>{children}</body>
    </html>
  );
  return String(await html`<!doctype html>${page}`);
}
