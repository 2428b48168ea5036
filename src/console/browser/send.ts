const SILENT = "The console does not answer: what you typed is still here.";

/** What came of sending a form. */
export type Answer =
  /** The page with the form in it, as the console judges it. */
  | { readonly kind: "form"; readonly main: Element }
  /** It was taken, and leads on. */
  | { readonly kind: "led"; readonly address: string }
  /** Something else: in words for the person. */
  | { readonly kind: "words"; readonly words: string };

/** Sends what is in a form; never rejects. */
export async function send(address: string, body: URLSearchParams): Promise<Answer> {
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { accept: "text/html" } });
    if (answer.redirected) return { kind: "led", address: answer.url };
    const main = mainOf(await answer.text());
    if (main?.querySelector("form[data-checked]")) return { kind: "form", main };
    return { kind: "words", words: wordsOf(main) };
  } catch {
    return { kind: "words", words: SILENT };
  }
}

/** Of a page, what is its own. */
export function mainOf(html: string): Element | null {
  return new DOMParser().parseFromString(html, "text/html").querySelector("main");
}

function wordsOf(main: Element | null): string {
  const parts = [...(main?.querySelectorAll("h1, p:not(.actions)") ?? [])];
  return parts.map(({ textContent }) => textContent.trim()).join(": ") || SILENT;
}

/** Says in a form's own alert why it could not be sent, and leads there. What was typed stays. */
export function tell(form: HTMLFormElement, words: string): void {
  const alert = form.querySelector<HTMLElement>("[role=alert]");
  const notice = document.createElement("div");
  notice.className = "notice notice-bad";
  notice.textContent = words;
  alert?.replaceChildren(notice);
  alert?.focus();
}
