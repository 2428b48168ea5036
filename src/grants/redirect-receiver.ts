import type { AuthorizationRequest } from "../oauth/authorization.ts";
import type { Party } from "../oauth/client.ts";
import { readRedirect } from "../oauth/redirect.ts";
import type { LoopbackRequest, LoopbackResponse } from "../ports.ts";
import type { OwnRedirect } from "./code.ts";
import { page } from "./page.ts";
import type { Notice } from "./page.ts";

/**
 * Answers a browser at the redirect URI (RFC 8252 §7.3, §8.3): one path, GET only, the right Host, and the first redirect
 * with the right state settles it. Anything else is told off and changes nothing.
 */
export class RedirectReceiver {
  readonly received: Promise<OwnRedirect>;
  readonly #party: Party;
  readonly #home: string | undefined;
  #settle: (redirect: OwnRedirect) => void = () => undefined;
  #request: AuthorizationRequest | undefined;

  /** `home`: where its pages lead back to; undefined: the person is at a terminal. */
  constructor(party: Party, home?: string) {
    this.#party = party;
    this.#home = home;
    this.received = new Promise((settle) => {
      this.#settle = settle;
    });
  }

  /** From here on, redirects of this request are waited for. */
  expect(request: AuthorizationRequest): void {
    this.#request = request;
  }

  answer({ method, target, hostHeader }: LoopbackRequest): LoopbackResponse {
    if (this.#request === undefined) return page(404, NOTHING_HERE);
    const uri = new URL(this.#request.redirectUri);
    const [path, query] = split(target);
    if (hostHeader.toLowerCase() !== uri.host) return page(421, NOTHING_HERE);
    if (path !== uri.pathname) return page(404, NOTHING_HERE);
    if (method !== "GET") return withHeader(page(405, NOTHING_HERE), "allow", "GET");
    const redirect = readRedirect(new URLSearchParams(query), this.#request, this.#party);
    if (redirect.kind === "wrong_state") return page(400, STRANGER);
    this.#settle(redirect);
    return redirect.kind === "code" ? page(200, this.#thanks()) : page(400, this.#refused(redirect));
  }

  #thanks(): Notice {
    const { name } = this.#party.provider;
    const answered = `${name} has sent its answer to sealring.`;
    return this.#home === undefined
      ? { heading: "You can close this tab", sentence: `${answered} The rest happens in the terminal.` }
      : {
          heading: "Thank you",
          sentence: `${answered} The rest happens in sealring's console.`,
          home: this.#home,
        };
  }

  #refused(redirect: Exclude<OwnRedirect, { kind: "code" }>): Notice {
    const isRefusal = redirect.kind === "error" && redirect.code === "access_denied";
    const heading = isRefusal ? "Access was refused" : "The authorization failed";
    const home = this.#home;
    if (home !== undefined)
      return { heading, sentence: "Nothing was granted. sealring's console says what to do.", home };
    const sentence = isRefusal
      ? "Nothing was granted. If that was not meant, run the command in the terminal again and allow the access."
      : "Nothing was granted. The terminal says why, and what to do.";
    return { heading, sentence };
  }
}

const NOTHING_HERE: Notice = { heading: "Nothing here", sentence: "sealring waits for another address." };

const STRANGER: Notice = {
  heading: "Not the answer to this request",
  sentence:
    "This page belongs to an older or to another authorization. sealring is still waiting for the right one.",
};

function split(target: string): [path: string, query: string] {
  const mark = target.indexOf("?");
  return mark < 0 ? [target, ""] : [target.slice(0, mark), target.slice(mark + 1)];
}

function withHeader(response: LoopbackResponse, name: string, value: string): LoopbackResponse {
  return { ...response, headers: { ...response.headers, [name]: value } };
}
