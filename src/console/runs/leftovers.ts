import { readBox } from "../../envelope/box.ts";
import { Ledger } from "../../journal/ledger.ts";
import type { JournalEntry } from "../../journal/entry.ts";
import { unresolved } from "../../protocol/settle.ts";
import type { ConsolePorts } from "../console.ts";
import type { Subject } from "./subject.ts";

/** What earlier work left of a credential. */
export type Leftovers =
  /** The tokens of an authorization that was given on this machine, sealed on its disk. */
  | { readonly kind: "here" }
  /** The same, on somebody else's. */
  | { readonly kind: "elsewhere" }
  /** Work that did not end; `box`: whether the journal has what it obtained. */
  | { readonly kind: "unfinished"; readonly box: "in_journal" | "not_in_journal" }
  /** Outputs that their destinations have not taken. */
  | { readonly kind: "outputs"; readonly waiting: readonly string[] }
  /** All is settled; the last box is kept in case somebody writes an old envelope over the new one. */
  | { readonly kind: "kept" }
  | { readonly kind: "nothing" };

/** Looks on this machine's disk and in the journal. */
export async function leftoversOf(
  ports: ConsolePorts,
  { declared, credential, status }: Subject,
): Promise<Leftovers> {
  const { entry } = status;
  const { name } = credential;
  if (entry === undefined) return { kind: "nothing" };
  if (await isHere(ports, entry)) return { kind: "here" };
  const { journal } = await ports.connect(declared.project, declared.repository);
  const box = await new Ledger(journal, ports.clock).box(name);
  if (entry.intent?.kind === "authorize" && entry.phase === "spent") return { kind: "elsewhere" };
  if (entry.intent !== undefined)
    return { kind: "unfinished", box: box === undefined ? "not_in_journal" : "in_journal" };
  if (entry.unpublished.length > 0) return { kind: "outputs", waiting: entry.unpublished };
  return { kind: box === undefined ? "nothing" : "kept" };
}

async function isHere({ disk }: ConsolePorts, entry: JournalEntry): Promise<boolean> {
  const text = await disk.read(entry.name);
  const box = text === undefined ? undefined : readBox(text);
  return box?.credential === entry.name && unresolved(entry, box) !== undefined;
}
