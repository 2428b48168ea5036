import type {
  BoxDisk,
  Browser,
  LoopbackListener,
  LoopbackRequest,
  LoopbackResponse,
} from "../../src/ports.ts";
import type { AuthorizationServerSandbox } from "../../src/sandbox/authorization-server/server.ts";
import { consent } from "../../src/sandbox/scripted-person.ts";
import type { Decision } from "../../src/sandbox/scripted-person.ts";

/** A machine's disk, as far as boxes go. Give it to a second job, and the machine lives on. */
export class MemoryDisk implements BoxDisk {
  readonly boxes = new Map<string, string>();
  /** Every write fails. */
  full = false;

  async write(credential: string, box: string): Promise<void> {
    if (this.full) throw new Error("ENOSPC");
    this.boxes.set(credential, box);
  }

  async read(credential: string): Promise<string | undefined> {
    return this.boxes.get(credential);
  }

  async remove(credential: string): Promise<void> {
    this.boxes.delete(credential);
  }

  /** The boxes as a runner's disk has them: by file. */
  files(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.boxes].map(([credential, box]) => [`${credential}.box.json`, box]));
  }
}

/** A person who decides on the consent page, and whose browser then comes to the listener of the same machine. */
export class PersonAtBrowser implements Browser {
  readonly listener: LoopbackListener;
  readonly #server: AuthorizationServerSandbox;
  readonly #decision: Decision;
  #answer: ((request: LoopbackRequest) => LoopbackResponse) | undefined;

  constructor(server: AuthorizationServerSandbox, decision: Decision) {
    this.#server = server;
    this.#decision = decision;
    this.listener = {
      listen: async ({ port }, answer) => {
        this.#answer = answer;
        return { port, close: async () => undefined };
      },
    };
  }

  async open(url: string): Promise<boolean> {
    const { pathname, search, host } = new URL(await consent(this.#server.handler, url, this.#decision));
    this.#answer?.({ method: "GET", target: pathname + search, hostHeader: host });
    return true;
  }
}
