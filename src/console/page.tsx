import type { Child } from "hono/jsx";
import { documentHtml } from "../page/document.tsx";
import type { Console } from "./console.ts";

const HTML = { "content-type": "text/html; charset=utf-8" };

export interface Shown {
  readonly title: string;
  readonly body: Child;
  /** Of the menu; undefined: none of it. */
  readonly current?: Place | undefined;
}

export type Place = "credentials" | "plan" | "doctor";

const MENU: readonly (readonly [place: Place, address: string, word: string])[] = [
  ["credentials", "/", "Credentials"],
  ["plan", "/plan", "Plan"],
  ["doctor", "/doctor", "Doctor"],
];

/** A page of the console. Whatever a secret would be in it is hidden before it leaves. */
export async function show(console: Console, shown: Shown, status = 200): Promise<Response> {
  const html = await documentHtml({ title: shown.title, head: <Head />, children: <Whole shown={shown} /> });
  return new Response(console.masked.scrubPage(html), { status, headers: HTML });
}

/** A page for somebody who has no session: it shows nothing of the repository. */
export async function plainPage({ title, body }: Shown, status: number): Promise<Response> {
  const children = (
    <main>
      <h1>{title}</h1>
      {body}
    </main>
  );
  return new Response(await documentHtml({ title, head: <Head />, children }), { status, headers: HTML });
}

function Head() {
  return (
    <>
      <link rel="stylesheet" href="/assets/style.css" />
      <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      <script src="/assets/console.js" defer></script>
    </>
  );
}

function Whole({ shown: { title, body, current } }: { readonly shown: Shown }) {
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="top">
        <a class="brand" href="/">
          sealring
        </a>
        <nav aria-label="Console">
          {MENU.map(([place, address, word]) => (
            <a href={address} aria-current={place === current ? "page" : undefined}>
              {word}
            </a>
          ))}
        </nav>
      </header>
      <main id="main">
        <h1>{title}</h1>
        {body}
      </main>
    </>
  );
}

/** The hidden field that every form of the console has. */
export function FormToken({ console: { session } }: { readonly console: Console }) {
  return <input type="hidden" name="form_token" value={session.formToken} />;
}
