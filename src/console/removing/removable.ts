import type { Credential } from "../../declaration/credential.ts";
import type { Declarations } from "../../declaration/load.ts";
import type { SealringError } from "../../errors.ts";
import type { JournalEntry } from "../../journal/entry.ts";
import { Ledger } from "../../journal/ledger.ts";
import { findOld } from "../adding/old-file.ts";
import type { OldText } from "../adding/old-file.ts";
import type { Console, ConsolePorts } from "../console.ts";
import { attempt } from "../credential/gather.ts";
import { readDeclarations, soundPart } from "../declarations.ts";
import { leftOf } from "./left.ts";
import type { Left } from "./left.ts";

/** A credential's file that may be removed, and what is known of what it began. */
export interface Removable {
  readonly old: OldText;
  /** undefined: its file has faults. */
  readonly credential: Credential | undefined;
  /** The other credentials that are declared without a fault. */
  readonly others: readonly Credential[];
  /** Whether a commit has the file, so that git gives it back. */
  readonly isCommitted: boolean;
  /** Whether nothing is declared without it, so that no plan can be made. */
  readonly isLast: boolean;
  /** undefined: GitHub could not be asked. */
  readonly known: Known | undefined;
  readonly trouble: SealringError | undefined;
}

interface Known {
  /** `alive`: somebody authorized it, or is at it, and nobody has ended that. */
  readonly grant: "none" | "alive";
  readonly left: readonly Left[];
  /** For the addresses of its pages and commands. */
  readonly webUrl: string;
}

/** undefined: there is no such file. Reads only. */
export async function removable(console: Console, name: string): Promise<Removable | undefined> {
  const { ports } = console;
  const old = findOld(console, name);
  if (old === undefined) return undefined;
  const declarations = readDeclarations(ports);
  const { credentials } = declarations;
  const credential = credentials.find((each) => each.name === name);
  const others = credentials.filter((each) => each.name !== name);
  const { value, trouble } = await attempt(() => lookAt(ports, old, declarations));
  const isCommitted = (await ports.git.committedIn(["credentials"])).includes(old.path);
  return {
    ...{ old, credential, others, isCommitted, isLast: isLast(declarations, old) },
    ...{ known: value, trouble },
  };
}

function isLast({ checked }: Declarations, { path }: OldText): boolean {
  return checked.every((each) => each === path);
}

async function lookAt(ports: ConsolePorts, old: OldText, declarations: Declarations): Promise<Known> {
  const { name } = old;
  const { project, repository, credentials } = soundPart(declarations);
  const { journal, stores, access } = await ports.connect(project, repository);
  const entry = await new Ledger(journal, ports.clock).read(name);
  const credential = credentials.find((each) => each.name === name);
  const { environment } = credential ?? project;
  const others = credentials.filter((each) => each.name !== name);
  const outputsAre = isLast(declarations, old) ? "unplanned" : "planned";
  const leaving = { name, credential, environment, repository, others, entry, outputsAre } as const;
  const left = await leftOf(stores, leaving);
  return { grant: grantOf(entry), left, webUrl: access.webUrl };
}

function grantOf(entry: JournalEntry | undefined): Known["grant"] {
  if (entry === undefined) return "none";
  if (entry.intent !== undefined) return "alive";
  return entry.phase === "revoked" || entry.generation === 0 ? "none" : "alive";
}
