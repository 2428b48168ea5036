import { authorize } from "../../commands/authorize.ts";
import type { Ports } from "../../commands/context.ts";
import type { Credential } from "../../declaration/credential.ts";
import { SealringError } from "../../errors.ts";
import { isClientRefused } from "../../oauth/error-class.ts";
import { isMissing } from "../../protocol/publish.ts";
import type { Console } from "../console.ts";
import type { Operation, Result } from "../operation.ts";
import type { Teller } from "../operations.ts";
import { Pasting } from "./pasting.ts";
import type { Way } from "./subject.ts";

/** How long a person has. A user code is asked for on another device; its provider forgets it on its own, too. */
const TIMEOUT_SECONDS: Readonly<Record<Way, number>> = {
  loopback: 300,
  paste: 600,
  device: 1_800,
  client_credentials: 0,
};

export interface Asked {
  readonly credential: Credential;
  readonly way: Way;
}

/** An authorization that goes on. */
interface Ongoing {
  readonly stop: AbortController;
  readonly pasting: Pasting;
  /** `past_return`: the person has done their part, or none is asked; it goes on to its end. */
  phase: "waits_for_person" | "past_return";
}

/** The authorizations that go on, and what a person can still do with them. */
export class Desk {
  readonly #console: Console;
  readonly #ongoing = new Map<string, Ongoing>();
  /** How each credential was declared when its newest authorization began. */
  readonly #declared = new Map<string, { readonly id: string; readonly as: Credential }>();

  constructor(console: Console) {
    this.#console = console;
  }

  /** Where one of the same credential goes on, that one. */
  start(asked: Asked): Operation {
    const wanted = { kind: "authorize", credential: asked.credential.name } as const;
    const operation = this.#console.operations.start(wanted, (teller) => this.#work(asked, teller));
    const { name } = asked.credential;
    if (this.#declared.get(name)?.id !== operation.id)
      this.#declared.set(name, { id: operation.id, as: asked.credential });
    return operation;
  }

  /** The credential as its newest authorization began; undefined: it is declared so still, or there was none. */
  changedFrom(credential: Credential): Credential | undefined {
    const begun = this.#declared.get(credential.name)?.as;
    return JSON.stringify(begun) === JSON.stringify(credential) ? undefined : begun;
  }

  /** Whether calling it off still keeps everything as it was. */
  canStop(name: string): boolean {
    return this.#ongoing.get(name)?.phase === "waits_for_person";
  }

  stop(name: string): void {
    if (this.canStop(name)) this.#ongoing.get(name)?.stop.abort();
  }

  /** The address that the browser ended up at. It has the code in it. */
  paste(name: string, address: string): void {
    this.#ongoing.get(name)?.pasting.give(address);
  }

  async #work({ credential, way }: Asked, teller: Teller): Promise<Result> {
    const { name } = credential;
    const stop = new AbortController();
    const ongoing: Ongoing = { stop, pasting: new Pasting(), phase: "waits_for_person" };
    this.#ongoing.set(name, ongoing);
    const flow = way === "client_credentials" ? undefined : way;
    const timeoutSeconds = TIMEOUT_SECONDS[way];
    try {
      const report = await authorize(this.#ports(name, ongoing, teller), { name, flow, timeoutSeconds });
      const [result] = report.results;
      if (result?.outcome === "authorized" && !result.destinations.some(isMissing)) this.#forget(credential);
      return { kind: "authorize", report };
    } catch (error) {
      if (error instanceof SealringError && isClientRefused(error)) this.#forget(credential);
      throw error;
    } finally {
      this.#ongoing.delete(name);
    }
  }

  #ports(name: string, ongoing: Ongoing, teller: Teller): Ports {
    const { origin, workPorts } = this.#console;
    const ports = workPorts(teller);
    const done = () => {
      ongoing.phase = "past_return";
      teller.invite(undefined);
    };
    return {
      ...ports,
      stop: AbortSignal.any([ports.stop, ongoing.stop.signal]),
      prompt: { ...ports.prompt, text: (_question, signal) => ongoing.pasting.ask(signal) },
      usher: { home: `${origin}/back/${name}`, invite: teller.invite, done },
    };
  }

  /** It is with GitHub now, or it is wrong. */
  #forget({ client: { secretName } }: Credential): void {
    if (secretName !== undefined) this.#console.typed.delete(secretName);
  }
}
