import { statusOf } from "../../commands/status.ts";
import type { StatusResult } from "../../commands/status.ts";
import type { Fault } from "../../declaration/fault.ts";
import type { Declarations } from "../../declaration/load.ts";
import { SealringError } from "../../errors.ts";
import { byNeed } from "../../page/tally.ts";
import type { Hitch } from "../../page/hitch.ts";
import { tileOf } from "../../page/tile.ts";
import type { Console, ConsolePorts } from "../console.ts";
import { hitchesOf } from "../hitch.ts";
import { readDeclarations, soundPart } from "../declarations.ts";
import { credentialCard, faultyCard } from "./card.ts";
import type { Card } from "./card.ts";

/** What kept GitHub from being asked, for a person. */
export type Trouble = Pick<SealringError, "message" | "hint">;

/** The first page: every credential, whatever is wrong with another, and what kept the rest from being known. */
export interface Board {
  readonly cards: readonly Card[];
  readonly trouble: Trouble | undefined;
}

/** Reads the declarations as they are on disk, and the journal as far as it can be had. */
export async function readBoard({ ports, operations }: Console): Promise<Board> {
  const declarations = readDeclarations(ports);
  const { statuses, hitches, trouble } = await ask(ports, declarations);
  const now = ports.clock.now();
  const running = operations.all.filter(({ end }) => end === undefined);
  const cards = declarations.credentials.map((credential) =>
    credentialCard(
      { ...tileOf(credential, statuses.get(credential.name), now), hitch: hitches.get(credential.name) },
      running.find((operation) => operation.credential === credential.name),
    ),
  );
  return { cards: [...cards, ...faultyCards(ports, declarations.faults)].toSorted(byNeed), trouble };
}

function faultyCards(ports: ConsolePorts, faults: readonly Fault[]): readonly Card[] {
  const files = new Set(faults.filter(({ rule }) => rule !== "no-declarations").map(({ file }) => file));
  return [...files].map((file) =>
    faultyCard(
      ports,
      file,
      faults.filter((fault) => fault.file === file),
    ),
  );
}

interface Asked {
  readonly statuses: ReadonlyMap<string, StatusResult>;
  readonly hitches: ReadonlyMap<string, Hitch>;
  readonly trouble: Trouble | undefined;
}

async function ask(ports: ConsolePorts, declarations: Declarations): Promise<Asked> {
  const { credentials } = declarations;
  const statuses = new Map<string, StatusResult>();
  const unknown = { statuses, hitches: new Map<string, Hitch>() };
  if (credentials.length === 0) return { ...unknown, trouble: undefined };
  try {
    const declared = soundPart(declarations);
    for (const status of await statusOf(ports, declared, credentials))
      statuses.set(status.credential, status);
    return { statuses, hitches: await hitchesOf(ports, declared, statuses), trouble: undefined };
  } catch (error) {
    if (error instanceof SealringError) return { ...unknown, trouble: error };
    throw error;
  }
}
