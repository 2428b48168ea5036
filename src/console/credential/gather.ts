import { statusOf } from "../../commands/status.ts";
import type { StatusResult } from "../../commands/status.ts";
import type { Credential, Project } from "../../declaration/credential.ts";
import type { Fault } from "../../declaration/fault.ts";
import type { Declarations } from "../../declaration/load.ts";
import { SealringError } from "../../errors.ts";
import type { Hitch } from "../../page/hitch.ts";
import { isAmendable } from "../adding/old-file.ts";
import type { ConsolePorts } from "../console.ts";
import { readHistory } from "../history/read.ts";
import type { History } from "../history/read.ts";
import type { Stretch } from "../history/scale.ts";
import { readDeclarations, soundPart } from "../declarations.ts";
import { hitchesOf } from "../hitch.ts";
import type { Trouble } from "../tiles/board.ts";

/** How the credential is declared; `gone`: not any more. */
export type Subject =
  | {
      readonly kind: "declared";
      readonly credential: Credential;
      readonly project: Project;
      /** undefined: GitHub could not be asked. */
      readonly status: StatusResult | undefined;
      readonly hitch: Hitch | undefined;
    }
  | {
      readonly kind: "faulty";
      readonly faults: readonly Fault[];
      /** Whether it can be edited and removed here. */
      readonly isAmendable: boolean;
    }
  | { readonly kind: "gone" };

/** Everything that the page of one credential shows. */
export interface Gathered {
  readonly subject: Subject;
  /** undefined: GitHub could not be asked. */
  readonly history: History | undefined;
  readonly window: Stretch;
  readonly trouble: Trouble | undefined;
}

export interface Wanted {
  readonly name: string;
  /** How many lines of the log at most. */
  readonly limit: number;
}

const WINDOW_MILLISECONDS = 30 * 86_400_000;

/**
 * What is known of a credential; undefined: neither a file nor the journal has it.
 * @throws SealringError where only the journal could have it, and cannot be read.
 */
export async function gather(ports: ConsolePorts, wanted: Wanted): Promise<Gathered | undefined> {
  const declarations = readDeclarations(ports);
  const now = ports.clock.now();
  const window = { from: new Date(now.getTime() - WINDOW_MILLISECONDS), to: now };
  const [current, history] = await Promise.all([
    attempt(() => readCurrent(ports, declarations, wanted.name)),
    attempt(() => readPast(ports, declarations, { ...wanted, window })),
  ]);
  const subject = subjectIn({ ports, declarations }, wanted.name, current.value);
  if (subject.kind === "gone" && history.trouble !== undefined) throw history.trouble;
  if (subject.kind === "gone" && history.value?.lines.length === 0) return undefined;
  return { subject, history: history.value, window, trouble: current.trouble ?? history.trouble };
}

function subjectIn(
  { ports, declarations }: { readonly ports: ConsolePorts; readonly declarations: Declarations },
  name: string,
  current: Current | undefined,
): Subject {
  const { credentials, project, faults } = declarations;
  const credential = credentials.find((each) => each.name === name);
  if (credential !== undefined)
    return { kind: "declared", credential, project, status: current?.status, hitch: current?.hitch };
  const own = faults.filter(({ file }) => file === `credentials/${name}.yaml`);
  if (own.length === 0) return { kind: "gone" };
  return { kind: "faulty", faults: own, isAmendable: isAmendable({ ports }, name) };
}

interface Current {
  readonly status: StatusResult | undefined;
  readonly hitch: Hitch | undefined;
}

async function readCurrent(
  ports: ConsolePorts,
  declarations: Declarations,
  name: string,
): Promise<Current | undefined> {
  const credential = declarations.credentials.find((each) => each.name === name);
  if (credential === undefined) return undefined;
  const declared = soundPart(declarations);
  const [status] = await statusOf(ports, declared, [credential]);
  const hitches = await hitchesOf(ports, declared, new Map(status && [[name, status]]));
  return { status, hitch: hitches.get(name) };
}

async function readPast(
  { connect }: ConsolePorts,
  declarations: Declarations,
  wanted: Omit<Parameters<typeof readHistory>[1], "repository">,
): Promise<History> {
  const { project, repository } = soundPart(declarations);
  return readHistory(await connect(project, repository), { ...wanted, repository });
}

export interface Attempt<Value> {
  readonly value: Value | undefined;
  readonly trouble: SealringError | undefined;
}

/** Does it, and gives the error that a page can tell in place of a value. */
export async function attempt<Value>(work: () => Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await work(), trouble: undefined };
  } catch (error) {
    if (error instanceof SealringError) return { value: undefined, trouble: error };
    throw error;
  }
}
