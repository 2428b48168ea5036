import { createHash } from "node:crypto";
import type { JournalEntry } from "../journal/entry.ts";
import type { Facts, Found } from "./facts.ts";
import { outputKey } from "./wanted.ts";
import type { Wanted } from "./wanted.ts";

/**
 * What a plan was made from, each fact by its name and as a hash: whoever compares two learns what has moved. Times are
 * left out, so that a refresh in between, which writes the same secrets again, moves nothing.
 */
export function fingerprintOf(wanted: Wanted, facts: Facts): Readonly<Record<string, string>> {
  const { project, repository, credentials, files } = wanted;
  const sorted = credentials.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return Object.fromEntries([
    ["the declarations", hashOf([project, repository, sorted])],
    ["the generated files", hashOf(files.map(({ path, bytes }) => [path, hashOf(bytes)]).sort())],
    ["the repository", hashOf(judged(facts.repository, (value) => value.defaultBranch))],
    ["the variables that are set here", hashOf([...facts.atHand].sort())],
    ...hashes("environment", facts.environments, (value) => value ?? null),
    ...hashes("secrets:", facts.stores, (secrets) => secrets.map(({ name }) => name).sort()),
    ...journalHashes(facts),
    ...hashes("file", facts.tree, (bytes) => (bytes === undefined ? null : hashOf(bytes))),
    ...hashes("pushed file", facts.pushed, (text) => text ?? null),
    ...hashes("workflow", facts.workflows, (workflow) => workflow?.state ?? null),
    ...orphanHashes(facts.orphans),
  ]);
}

/** The names of what differs, sorted. */
export function movedSince(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => before[name] !== now[name]).sort();
}

type Line = readonly [name: string, hash: string];

function hashes<Value>(
  kind: string,
  facts: ReadonlyMap<string, Found<Value>>,
  judge: (value: Value) => unknown,
): readonly Line[] {
  return [...facts].map(([name, found]) => [`${kind} ${name}`, hashOf(judged(found, judge))]);
}

function judged<Value>(found: Found<Value>, judge: (value: Value) => unknown): unknown {
  return found.kind === "known" ? { known: judge(found.value) } : { unknown: found.code };
}

function journalHashes({ journal }: Facts): readonly Line[] {
  return journal.kind === "known"
    ? hashes("the journal of", journal.value, entryAsJudged)
    : [["the journal", hashOf(journal.code)]];
}

/** Not its open intent: whoever is at work will have finished. */
function entryAsJudged({ generation, published, unpublished, phase }: JournalEntry): unknown {
  const written = published.map(({ target, secretName }) => outputKey(target, secretName)).sort();
  const isDead = phase === "reauthorization_required" || phase === "revoked";
  return [generation > 0, isDead ? phase : "alive", written, unpublished.toSorted()];
}

function orphanHashes(orphans: Facts["orphans"]): readonly Line[] {
  if (orphans.kind === "not_asked") return [];
  const sorted = (outputs: ReadonlySet<string>) => [...outputs].sort();
  return [
    ["what the default branch declares", hashOf(judged(orphans.pushed, sorted))],
    ...hashes("the past of", orphans.declared, sorted),
  ];
}

function hashOf(value: unknown): string {
  const bytes = value instanceof Uint8Array ? value : JSON.stringify(value);
  return createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
}
