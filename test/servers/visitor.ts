/** A page that a visitor came to. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly text: string;
}

const MAX_REDIRECTS = 10;

/** A browser without a screen: keeps cookies, follows redirects, and fills in forms. */
export class Visitor {
  readonly #cookies = new Map<string, Map<string, string>>();

  async open(url: string, init: RequestInit = {}): Promise<Page> {
    let [next, request] = [url, init];
    for (let followed = 0; followed <= MAX_REDIRECTS; followed += 1) {
      const response = await this.#fetch(next, request);
      const location = response.headers.get("location");
      if (location === null) return { url: next, status: response.status, text: await response.text() };
      await response.body?.cancel();
      [next, request] = [new URL(location, next).href, {}];
    }
    throw new Error(`too many redirects from ${url}`);
  }

  /** Sends the page's form: what is hidden in it, and these fields. */
  async submit(page: Page, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    const form = /<form\b([^>]*)>(.*?)<\/form>/is.exec(page.text);
    if (form === null) throw new Error(`no form at ${page.url}: ${page.text}`);
    const [, attributes = "", content = ""] = form;
    const body = new URLSearchParams({ ...hiddenIn(content), ...fields });
    return this.open(new URL(attributeOf(attributes, "action") ?? page.url, page.url).href, {
      method: "POST",
      body,
      headers: { referer: page.url },
    });
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const { host } = new URL(url);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    const cookie = [...jar].map((pair) => pair.join("=")).join("; ");
    const headers = new Headers(init.headers);
    if (cookie !== "") headers.set("cookie", cookie);
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return response;
  }
}

function hiddenIn(form: string): Record<string, string> {
  const inputs = [...form.matchAll(/<input\b([^>]*)>/gis)].map(([, attributes = ""]) => attributes);
  const hidden = inputs.filter((attributes) => attributeOf(attributes, "type") === "hidden");
  return Object.fromEntries(
    hidden.map((each) => [attributeOf(each, "name") ?? "", attributeOf(each, "value") ?? ""]),
  );
}

function attributeOf(attributes: string, name: string): string | undefined {
  const [, value] = new RegExp(`\\b${name}="([^"]*)"`, "i").exec(attributes) ?? [];
  return value
    ?.replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");
}
