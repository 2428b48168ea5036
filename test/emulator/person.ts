import type {
  Browser,
  LoopbackListener,
  LoopbackRequest,
  LoopbackResponse,
  Prompt,
} from "../../src/ports.ts";
import { noPrompt } from "../support/job-ports.ts";

const A_FREE_PORT = 43_117;

/** A person who allows everything: the browser follows the redirect to the listener, or its address is pasted. */
export class Person {
  /** The address that the browser ended at. */
  #endedAt = "";
  #answer: ((request: LoopbackRequest) => LoopbackResponse) | undefined;

  readonly listener: LoopbackListener = {
    listen: async ({ port }, answer) => {
      this.#answer = answer;
      return { port: port === 0 ? A_FREE_PORT : port, close: async () => undefined };
    },
  };

  readonly browser: Browser = {
    open: async (url) => {
      const answer = await fetch(url, { redirect: "manual" });
      this.#endedAt = answer.headers.get("location") ?? "";
      if (this.#endedAt === "") throw new Error(`no redirect: ${await answer.text()}`);
      const { pathname, search, host } = new URL(this.#endedAt);
      this.#answer?.({ method: "GET", target: pathname + search, hostHeader: host });
      return true;
    },
  };

  readonly prompt: Prompt = {
    ...noPrompt,
    interactive: true,
    text: async () => this.#endedAt,
  };
}
