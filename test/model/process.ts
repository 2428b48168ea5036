import { prepareClientCredentials } from "../../src/grants/client-credentials.ts";
import { SealringError } from "../../src/errors.ts";
import { authorizeCredential, readyToAuthorize } from "../../src/protocol/authorize.ts";
import { refreshCredential } from "../../src/protocol/refresh.ts";
import { recoverCredential } from "../../src/protocol/recover.ts";
import { Ledger } from "../../src/journal/ledger.ts";
import { createRun } from "../../src/protocol/run.ts";
import type { Run } from "../../src/protocol/run.ts";
import type { Credential } from "../../src/declaration/credential.ts";
import type { Answer, Call } from "./call.ts";
import { Desk } from "./desk.ts";
import { portsOf } from "./process-ports.ts";
import { sealerOf } from "./sealer.ts";
import { PROJECT } from "./setting.ts";
import type { Start } from "./start.ts";

/** How far a process has got: the calls that it waits for, or what it came to. */
export interface Progress {
  readonly calls: readonly Call[];
  readonly outcome: string | undefined;
}

/** A process of the product that can be led on. */
interface Live {
  readonly desk: Desk;
  outcome: string | undefined;
  bug: unknown;
}

/**
 * A process after these answers. The product's code is deterministic but for them, so this is all of its state, and a
 * process that died of being led elsewhere is run again from its start.
 */
export class ProcessState {
  static #made = 0;
  readonly id = (ProcessState.#made += 1);
  readonly progress: Progress;
  readonly #history: History;
  readonly #next = new Map<string, ProcessState>();
  #live: Live | undefined;

  private constructor(history: History, live: Live) {
    this.#history = history;
    this.#live = live;
    this.progress = { calls: live.desk.calls, outcome: live.outcome };
  }

  static async started(start: Start, credential: Credential): Promise<ProcessState> {
    const history = { start, credential, answers: [] };
    return new ProcessState(history, await replay(history));
  }

  /** The process after one more answer, where that is known already. */
  known(answer: Answer): ProcessState | undefined {
    return this.#next.get(keyOf(answer));
  }

  async after(answer: Answer): Promise<ProcessState> {
    const history = { ...this.#history, answers: [...this.#history.answers, answer] };
    const next = new ProcessState(history, await this.#led(answer));
    this.#next.set(keyOf(answer), next);
    return next;
  }

  async #led(answer: Answer): Promise<Live> {
    const live = this.#live ?? (await replay(this.#history));
    this.#live = undefined;
    await tell(live, answer);
    return live;
  }
}

interface History {
  readonly start: Start;
  readonly credential: Credential;
  readonly answers: readonly Answer[];
}

function keyOf(answer: Answer): string {
  return JSON.stringify(answer);
}

async function replay({ start, credential, answers }: History): Promise<Live> {
  const live: Live = { desk: new Desk(start.startedAt), outcome: undefined, bug: undefined };
  void program(start, credential, live.desk).then(
    (outcome) => (live.outcome = outcome),
    (error: unknown) => (live.bug = error),
  );
  await quiet(live);
  for (const answer of answers) await tell(live, answer);
  return live;
}

async function tell(live: Live, answer: Answer): Promise<void> {
  live.desk.answer(answer);
  await quiet(live);
}

/** More turns of the event loop than any step of the product takes. */
const TURNS = 1_000;

/** Waits until the process waits. */
async function quiet(live: Live): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    await new Promise((resume) => setImmediate(resume));
    if (live.bug !== undefined) throw new Error("a process of the model has a bug", { cause: live.bug });
    if (live.outcome !== undefined || live.desk.calls.length > 0) return;
  }
  throw new Error("a process neither ends nor asks for anything");
}

async function program(start: Start, credential: Credential, desk: Desk): Promise<string> {
  const { ports, github } = portsOf(start, desk);
  const made = createRun(ports, {
    project: PROJECT,
    repository: "acme/app",
    environment: credential.environment,
    workflowFile: "sealring.yml",
    github,
    ledger: new Ledger(github.journal, ports.clock, ports.self.runUrl),
    names: [credential.name],
  });
  const run = { ...made, sealer: sealerOf(github.stores), prove: async () => undefined };
  try {
    return await outcomeOf(run, credential, start.program);
  } catch (error) {
    if (error instanceof SealringError && error.code !== "bug") return error.code;
    throw error;
  }
}

async function outcomeOf(run: Run, credential: Credential, does: Start["program"]): Promise<string> {
  const refresh = { when: "due", probe: "not_asked", effect: "real" } as const;
  switch (does) {
    case "refresh":
      return (await refreshCredential(run, credential, refresh)).outcome;
    case "refresh_forced":
      return (await refreshCredential(run, credential, { ...refresh, when: "forced" })).outcome;
    case "refresh_probe":
      return (await refreshCredential(run, credential, { ...refresh, probe: "asked" })).outcome;
    case "recover_at_home":
      return (await recoverCredential(run, credential, [])).outcome;
    case "authorize":
      return authorize(run, credential);
  }
}

async function authorize(run: Run, credential: Credential): Promise<string> {
  const authorization = { credential, clientSecret: undefined };
  await readyToAuthorize(run, authorization);
  const { provider, client, scopes } = credential;
  const party = { provider, client: { id: client.id, secret: undefined } };
  const asked = { ...party, scopes, redirectUri: undefined, timeoutSeconds: 60 };
  // What counts of a person's consent is that one request redeems it.
  return (await authorizeCredential(run, authorization, prepareClientCredentials(asked, run))).outcome;
}
