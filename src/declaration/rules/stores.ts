import type { StoreTarget } from "../../github.ts";
import { envelopeStore } from "../credential.ts";
import type { Project } from "../credential.ts";
import type { Finding } from "../fault.ts";
import { quote } from "../quote.ts";
import { storeKey, storeLimit, storeName, THIS_REPOSITORY } from "../targets.ts";

/** An output, and the file that declares it. */
export interface Write {
  readonly output: string;
  readonly file: string;
}

/** Written before every run, to prove that the store takes a write. */
const CANARY = "SEALRING_CANARY";

const OWN = "";

/** Every secret that the declarations write, by store and by name without case, with the file that does. */
export class Stores {
  readonly #written = new Map<string, Map<string, string>>();
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
  }

  /**
   * Notes secrets of sealring's own, in a store of envelopes; each holds the canary and the App's key, too. How full it is
   * with what else is there, `plan` tells.
   */
  reserve(environment: string | null, names: readonly string[]): void {
    const { app, repository = THIS_REPOSITORY } = this.#project;
    const secrets = this.#secretsOf(envelopeStore(environment, repository));
    for (const name of [CANARY, ...(app === undefined ? [] : [app.privateKeyName])]) secrets.set(name, OWN);
    for (const name of names) secrets.set(name.toUpperCase(), OWN);
  }

  /** Notes an output; the finding when somebody else writes it, or when it is one too many for the store. */
  write(target: StoreTarget, { output, file }: Write): Finding | undefined {
    const secrets = this.#secretsOf(target);
    const writer = secrets.get(output.toUpperCase());
    if (writer !== undefined) return collision(output, writer, storeName(target));
    secrets.set(output.toUpperCase(), file);
    return secrets.size === storeLimit(target) + 1 ? overfull(target) : undefined;
  }

  #secretsOf(target: StoreTarget): Map<string, string> {
    const key = storeKey(target);
    const secrets = this.#written.get(key) ?? new Map<string, string>();
    this.#written.set(key, secrets);
    return secrets;
  }
}

function collision(output: string, writer: string, store: string): Finding {
  const owner =
    writer === OWN
      ? "holds a client secret or a key of sealring's own there"
      : `is written there by ${writer} already`;
  return {
    rule: "output-collision",
    message: `${quote(output)} in ${store} ${owner}; names are compared without case`,
    hint: "give this output another name, or another destination",
  };
}

function overfull(target: StoreTarget): Finding {
  const most = String(storeLimit(target));
  return {
    rule: "too-many-secrets",
    message: `${storeName(target)} takes ${most} secrets, and this is one more`,
    hint: "spread them over several environments or repositories",
  };
}
