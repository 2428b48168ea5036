import type { Page } from "playwright-core";

/** What is wrong with pages as a browser reads them: script, style or addresses that are none of the console's own. */
const CHECK = `(pages) => pages.flatMap(({ address, text }) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  const wrong = [];
  const say = (element, what) => wrong.push(address + ": " + what + " in " + element.outerHTML.slice(0, 200));
  const own = ["/assets/style.css", "/assets/icon.svg", "/assets/console.js"];
  const strange = "base, embed, frame, iframe, img, math, object, style, template, audio, video, foreignObject";
  for (const element of page.querySelectorAll(strange)) say(element, "a strange element");
  for (const script of page.querySelectorAll("script, link")) {
    if (!own.includes(script.getAttribute("src") ?? script.getAttribute("href"))) say(script, "what is loaded");
    if (script.textContent !== "") say(script, "script");
  }
  for (const element of page.querySelectorAll("*"))
    for (const { name, value } of element.attributes) {
      if (/^on|^style$|^srcdoc$/i.test(name)) say(element, name);
      const leads = /^(?:href|src|srcset|action|formaction|poster|data|ping|cite|background|xlink:href)$/i.test(name);
      if (leads && !/^(?:https?:\\/\\/|mailto:|\\/(?![\\/\\\\])|#)/.test(value)) say(element, name);
      const meta = element.matches("meta[http-equiv=refresh i]") && name === "content";
      if (meta && !/^0;url=(?:http:\\/\\/127\\.0\\.0\\.1:\\d+)?\\/(?!\\/)/.test(value)) say(element, "where it leads");
    }
  return wrong;
})`;

export interface Answered {
  readonly address: string;
  readonly text: string;
}

/** What in these pages is not the console's own, as the browser's parser has it. */
export async function foreignIn(page: Page, pages: readonly Answered[]): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(${CHECK})(${JSON.stringify(pages)})`);
}
