import { recover } from "../../commands/refresh.ts";
import { statusOf } from "../../commands/status.ts";
import type { StatusResult } from "../../commands/status.ts";
import { SealringError } from "../../errors.ts";
import type { Console, ConsolePorts } from "../console.ts";
import type { Operation, Result } from "../operation.ts";
import type { Teller } from "../operations.ts";
import { inputsFor } from "./action.ts";
import type { RunAction } from "./action.ts";
import type { Confirmation } from "./confirmation.ts";
import { follow } from "./follow.ts";
import type { Subject } from "./subject.ts";

/** Something that a person has confirmed. */
export interface Confirmed {
  readonly subject: Subject;
  readonly action: RunAction;
  readonly where: Extract<Confirmation, { readonly kind: "offered" }>["where"];
}

/** Begins what was confirmed; where the credential has something going on already, gives that. */
export function begin(console: Console, { subject, action, where }: Confirmed): Operation {
  const { name } = subject.credential;
  return console.operations.start({ kind: action, credential: name }, async (teller, mayLeave) => {
    const ports = console.workPorts(teller);
    const working = { ports, teller, mayLeave };
    return where === "here" ? recoverHere(ports, name) : inWorkflow(working, subject, action);
  });
}

async function recoverHere(ports: ConsolePorts, name: string): Promise<Result> {
  return { kind: "recover", report: await recover(ports, { names: [name] }) };
}

interface Working {
  readonly ports: ConsolePorts;
  readonly teller: Teller;
  readonly mayLeave: () => AbortSignal;
}

async function inWorkflow(working: Working, subject: Subject, action: RunAction): Promise<Result> {
  const { ports, teller, mayLeave } = working;
  const { declared, credential, place } = subject;
  const { clock } = ports;
  const { runs } = await ports.connect(declared.project, declared.repository);
  teller.say(`asking GitHub to start ${place.file}`);
  const dispatched = await runs.dispatch(place.file, inputsFor(action, credential.name));
  teller.say(`${place.file} was started on GitHub`);
  const stop = AbortSignal.any([ports.stop, mayLeave()]);
  const seen = await follow({ runs, workflowFile: place.file, clock, stop, teller }, dispatched);
  // Whoever leaves does not wait for a GitHub that is silent.
  const after = stop.aborted ? undefined : await statusNow({ ports, teller, stop }, subject);
  const followed = { action, url: seen?.url, conclusion: seen?.conclusion, before: subject.status, after };
  return { kind: "run", followed };
}

const TRIES = 6;
const PAUSE_MILLISECONDS = 10_000;

type Reading = Pick<Working, "ports" | "teller"> & { readonly stop: AbortSignal };

/** GitHub has a bad minute, or the token has ended: what is known of the run is not lost by that. */
async function statusNow(
  { ports, teller, stop }: Reading,
  subject: Subject,
): Promise<StatusResult | undefined> {
  const { declared, credential } = subject;
  for (let tried = 1; ; tried += 1) {
    try {
      const [after] = await statusOf(ports, declared, [credential]);
      return after;
    } catch (error) {
      if (!(error instanceof SealringError)) throw error;
      if (tried === TRIES || stop.aborted) {
        teller.say(`how ${credential.name} is now could not be read: ${error.message}`);
        return undefined;
      }
    }
    await ports.clock.sleep(PAUSE_MILLISECONDS, stop);
  }
}
