import type { Notice } from "../../src/adding/interview.ts";
import type { Told } from "../../src/adding/told.ts";
import { add } from "../../src/commands/add.ts";
import type { AddPorts } from "../../src/commands/add.ts";
import type { AddRequest } from "../../src/commands/add-gather.ts";
import { loadDeclarations } from "../../src/declaration/load.ts";
import type { Declarations } from "../../src/declaration/load.ts";
import type { Prompt, TreeWriter } from "../../src/ports.ts";
import { memoryFiles } from "./memory-files.ts";
import { World } from "./world.ts";

/** A checkout whose files are in memory, in a world with no variables, to add credentials to. */
export class AddCheckout {
  readonly world: World;
  readonly files: Record<string, string> = {};
  readonly notices: Notice[] = [];

  private constructor(world: World) {
    this.world = world;
  }

  static async create(): Promise<AddCheckout> {
    return new AddCheckout(await World.create());
  }

  /** `sealring add oura`, unless the request says otherwise. */
  add(
    prompt: Prompt,
    request: Partial<AddRequest> = {},
    more: Partial<AddPorts> = {},
  ): ReturnType<typeof add> {
    const tree: TreeWriter = {
      write: async (path, bytes) => void (this.files[path] = new TextDecoder().decode(bytes)),
      remove: () => Promise.reject(new Error("nothing is removed")),
    };
    return this.world.within({ owner: "process" }, ({ ports }) => {
      const secrets = { read: () => undefined };
      const own = { files: memoryFiles(this.files), tree, prompt, secrets, ...more };
      const usual = { provider: "oura", told: {}, consent: "ask" } as const;
      const notify = (notice: Notice) => void this.notices.push(notice);
      return add({ ...ports, ...own }, { ...usual, notify, ...request });
    });
  }

  /** What the files declare by now. */
  loaded(): Declarations {
    return loadDeclarations(memoryFiles(this.files), { paths: [], environment: { repository: "acme/app" } });
  }
}

/** Everything but what a test is about. */
export const TOLD: Told = {
  ...{ name: "oura", description: "", owner: "", grant: "authorization_code", client: "confidential" },
  ...{ redirectUri: "http://localhost:8484/callback", clientId: "4c1b7a", scopes: ["daily"] },
  ...{ outputs: [{ secretName: "OURA_ACCESS_TOKEN", field: "access_token" }], destinations: [] },
};

/** The same, less what is to be asked for. */
export function toldBut(...names: (keyof Told)[]): Told {
  return Object.fromEntries(Object.entries(TOLD).filter(([name]) => !names.includes(name as keyof Told)));
}
