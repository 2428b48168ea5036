import type { Child } from "hono/jsx";

/** Why a request is not answered. */
export type Bar = "host" | "method" | "other_site" | "link" | "too_large" | "form" | "session" | "closing";

const WORDS: Readonly<Record<Bar, readonly [heading: string, sentence: string]>> = {
  host: ["Nothing here", "The console has another address."],
  method: ["Nothing here", "The console answers GET and POST only."],
  other_site: ["Not from here", "Another page sent this to the console. Nothing was done."],
  link: [
    "You came from another site",
    "Browsers say who you are only where you come from a page of the console itself, such as this one. " +
      "Opening a page changes nothing.",
  ],
  too_large: ["Too large", "The form is larger than any of the console's own. Nothing was done."],
  form: [
    "An old form",
    "This form is not of this console. Go back, load the page again, and send it once more.",
  ],
  session: [
    "This browser is not let in",
    "The console opens in one browser, by the link that the terminal showed, once. " +
      "If it was somebody else who used the link, stop the console with Ctrl+C. " +
      "To open it here, stop it and run again: sealring console",
  ],
  closing: [
    "The console closes",
    "It ends what was begun, and takes nothing new. Nothing was done of this form.",
  ],
};

/** @param place the page that a `link` led to; for another `host`, the console's own address */
export function barredPage(bar: Bar, place?: string): { readonly title: string; readonly body: Child } {
  const [title, sentence] = WORDS[bar];
  const body = (
    <>
      <p>{sentence}</p>
      {(bar === "link" || bar === "host") && place !== undefined ? (
        <p>
          <a href={place}>Open {place} in the console</a>
        </p>
      ) : null}
    </>
  );
  return { title, body };
}
