import type { GitHub } from "../../src/github.ts";
import type { BoxDisk, HttpClient, HttpRequest } from "../../src/ports.ts";

/**
 * Watches whether a process holds a token answer that nothing else has: between the provider's answer and the first
 * write of it. Whoever dies then takes it along, whatever a protocol does. A disk that is not full is to be asked first.
 */
export class LoneAnswer {
  readonly #disk: "fine" | "full";
  #isLone = false;

  constructor(disk: "fine" | "full") {
    this.#disk = disk;
  }

  get isLone(): boolean {
    return this.#isLone;
  }

  http(http: HttpClient): HttpClient {
    return {
      send: async (request) => {
        const outcome = await http.send(request);
        if (isTokenRequest(request) && outcome.kind === "answer" && outcome.status === 200)
          this.#isLone = true;
        return outcome;
      },
    };
  }

  disk(disk: BoxDisk): BoxDisk {
    return {
      read: (name) => disk.read(name),
      remove: (name) => disk.remove(name),
      write: async (name, box) => {
        await disk.write(name, box);
        this.#isLone = false;
      },
    };
  }

  github(github: GitHub): GitHub {
    const { stores, journal } = github;
    return {
      ...github,
      stores: {
        ...stores,
        put: async (target, name, value) => {
          this.#passDisk();
          const outcome = await stores.put(target, name, value);
          if (name.startsWith("SEALRING_CREDENTIAL_") && outcome !== "stale_key") this.#isLone = false;
          return outcome;
        },
      },
      journal: {
        ...journal,
        swap: async (from, change) => {
          this.#passDisk();
          const outcome = await journal.swap(from, change);
          const hasBox = [...change.files.keys()].some((path) => path.startsWith("wal/"));
          if (hasBox && outcome.kind === "won") this.#isLone = false;
          return outcome;
        },
      },
    };
  }

  #passDisk(): void {
    if (this.#disk === "fine") this.#isLone = false;
  }
}

export function isTokenRequest({ method, url }: HttpRequest): boolean {
  return method === "POST" && new URL(url).pathname === "/token";
}
