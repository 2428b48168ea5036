import { documentHtml } from "../page/document.tsx";

/**
 * A page that leads on to one of ours. A browser that comes from another site does not send the session's cookie, over redirects
 * neither; from this page on it does. It shows nothing of anybody's.
 */
export function onwardHtml(title: string, place: string): Promise<string> {
  const head = (
    <>
      <meta http-equiv="refresh" content={`0;url=${place}`} />
      <link rel="stylesheet" href="/assets/style.css" />
    </>
  );
  const children = (
    <main>
      <h1>{title}</h1>
      <p>
        <a href={place}>Go on</a>
      </p>
    </main>
  );
  return documentHtml({ title, head, children });
}
