import type {
  Browser,
  LoopbackListener,
  LoopbackRequest,
  LoopbackResponse,
  Prompt,
} from "../../src/ports.ts";
import { RecordingProgress } from "../support/grant-ports.ts";
import { NOBODY } from "../../src/commands/nobody.ts";

const A_FREE_PORT = 43_117;

/** A person who allows everything: the browser follows the redirect to the listener, or its address is pasted. */
export class Person {
  #answer: ((request: LoopbackRequest) => LoopbackResponse) | undefined;

  readonly progress = new RecordingProgress();

  readonly listener: LoopbackListener = {
    listen: async ({ port }, answer) => {
      this.#answer = answer;
      return { port: port === 0 ? A_FREE_PORT : port, close: async () => undefined };
    },
  };

  readonly browser: Browser = {
    open: async (url) => {
      const { pathname, search, host } = new URL(await endOf(url));
      this.#answer?.({ method: "GET", target: pathname + search, hostHeader: host });
      return true;
    },
  };

  readonly prompt: Prompt = {
    ...NOBODY,
    interactive: true,
    text: () => endOf(this.progress.lines.find((line) => URL.canParse(line)) ?? ""),
  };
}

/** The address that the browser ends at. */
async function endOf(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: "manual" });
  const location = answer.headers.get("location");
  if (location === null) throw new Error(`no redirect: ${await answer.text()}`);
  return location;
}
