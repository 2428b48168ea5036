import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import { demandOf, isAbove } from "../demand.ts";
import { MAX_VALUE_BYTES } from "../envelope/sealing.ts";
import type { StoreTarget } from "../github.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { spreadMarginSeconds } from "../plan.ts";
import { weekOf } from "../protocol/schedule.ts";
import { sizeOfJob } from "../request-cost.ts";
import { capacityOf, describeTarget, storeKeyOf } from "../stores/targets.ts";
import { jobPlaces } from "../workflow/generate.ts";
import { valueOf } from "./facts.ts";
import type { Facts } from "./facts.ts";
import type { Remark } from "./plan.ts";
import { secretsIn } from "./present.ts";
import { homesOf, outputsOf, ownSecretsOf, targetsOf } from "./wanted.ts";
import type { Home, Wanted } from "./wanted.ts";

/** Of an envelope's 48 KB, of a store's secrets, of a process's environment: the share from which it is told. */
const ENVELOPE_SHARE = 0.8;
const STORE_SHARE = 0.95;
const ENVIRONMENT_SHARE = 0.75;

/**
 * Linux hands a process at most a quarter of its stack's 8 MB as arguments and environment together (execve(2)); one
 * step's environment holds every envelope of its job.
 */
const PROCESS_BYTES = 2 * 1_024 * 1_024;

/** What will not fit any more once everything is as declared, or soon will not. */
export function limitRemarks(wanted: Wanted, facts: Facts): readonly Remark[] {
  const homes = homesOf(wanted);
  const names = namesByStore(wanted, homes);
  return [
    ...[...targetsOf(wanted)].flatMap(([store, target]) =>
      storeRemarks(target, names.get(store) ?? [], facts),
    ),
    ...homes.flatMap((home) => sizeRemarks(home, facts)),
    ...demandRemarks(wanted, facts),
  ];
}

function storeRemarks(target: StoreTarget, wanted: readonly string[], facts: Facts): readonly Remark[] {
  const present = secretsIn(facts, target);
  if (present === undefined) return [];
  const names = new Set([...present.keys(), ...wanted]);
  const capacity = capacityOf(target);
  if (names.size < capacity * STORE_SHARE) return [];
  const count = `${String(names.size)} of the ${String(capacity)} secrets that GitHub takes`;
  const what = `${describeTarget(target)} will hold ${count}`;
  const hint = "spread credentials over more environments, or outputs over more destinations";
  return [{ kind: names.size > capacity ? "warning" : "remark", what, hint }];
}

/** Every secret that sealring writes, in capitals. */
function namesByStore(wanted: Wanted, homes: readonly Home[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  const note = (target: StoreTarget, secrets: readonly string[]) => {
    const known = names.get(storeKeyOf(target)) ?? [];
    names.set(storeKeyOf(target), known);
    known.push(...secrets.map((name) => name.toUpperCase()));
  };
  for (const home of homes) note(home.target, ownSecretsOf(home, wanted.project));
  for (const { target, secretName } of outputsOf(wanted)) note(target, [secretName]);
  return names;
}

function sizeRemarks({ target, credentials }: Home, { journal }: Facts): readonly Remark[] {
  const entries = valueOf(journal);
  const sizes = credentials.map(({ name }) => ({
    name,
    bytes: valueOf(entries?.get(name))?.envelopeBytes ?? 0,
  }));
  const total = sizes.reduce((sum, { name, bytes }) => sum + envelopeSecretName(name).length + bytes, 0);
  const large = sizes.filter(({ bytes }) => bytes > MAX_VALUE_BYTES * ENVELOPE_SHARE);
  return [
    ...large.map(({ name, bytes }) => nearlyFull(name, bytes)),
    ...(total > PROCESS_BYTES * ENVIRONMENT_SHARE ? [crowded(target, total)] : []),
  ];
}

function nearlyFull(name: string, bytes: number): Remark {
  const what = `the envelope of ${name} is ${kilobytes(bytes)} of the ${kilobytes(MAX_VALUE_BYTES)} that a secret holds`;
  return { kind: "warning", what, hint: "ask the provider for smaller tokens, or for fewer scopes" };
}

function crowded(target: StoreTarget, bytes: number): Remark {
  const most = kilobytes(PROCESS_BYTES);
  const what = `the envelopes in ${describeTarget(target)} are ${kilobytes(bytes)}, and a process takes ${most}`;
  return { kind: "warning", what, hint: "give some of its credentials another environment" };
}

/** What an hour of the schedule asks of each token, by the lifetimes that the journal knows. */
function demandRemarks({ project, repository, credentials }: Wanted, { journal }: Facts): readonly Remark[] {
  const entries = valueOf(journal);
  const periodOf = (credential: Credential) => {
    const entry = valueOf(entries?.get(credential.name));
    return entry === undefined ? Infinity : periodSeconds(credential, entry);
  };
  const files = new Set<string>();
  const jobs = [...jobPlaces({ project, repository, credentials })].map(([environment, { file }]) => {
    const own = credentials.filter((credential) => credential.environment === environment);
    const position = files.has(file) ? "later" : "first";
    files.add(file);
    return { size: sizeOfJob(own, position), periods: own.map(periodOf) };
  });
  const tokens = project.app === undefined ? "two" : "one";
  const demands = demandOf({ jobs, starts: weekOf(project.schedule), tokens });
  return demands.filter(isAbove).map(({ token, requests, capacity }) => ({
    kind: "warning",
    what: `an hour of the schedule needs ${String(Math.ceil(requests))} requests with ${TOKENS[token]}, which gives ${String(capacity)}`,
    hint: HINTS[token],
  }));
}

const TOKENS = { secrets: "the token that writes secrets", journal: "the job's own token" } as const;

const HINTS = {
  secrets:
    "move credentials to another repository with a token of its own; sealring simulate says what remains",
  journal: "declare github.app, whose token gives more, or a schedule with fewer runs",
} as const;

/** From its last refresh to when it is due; a token of unknown lifetime is due on every run. */
function periodSeconds(credential: Credential, { refreshedAt, expiresAt }: JournalEntry): number {
  if (refreshedAt === undefined) return Infinity;
  if (expiresAt === undefined) return 0;
  const lifetime = (expiresAt.getTime() - refreshedAt.getTime()) / 1_000;
  return (
    lifetime - (credential.marginSeconds ?? spreadMarginSeconds(credential.name, refreshedAt, expiresAt))
  );
}

function kilobytes(bytes: number): string {
  return `${String(Math.ceil(bytes / 1_024))} KB`;
}
