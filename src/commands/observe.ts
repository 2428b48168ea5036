import { SealringError } from "../errors.ts";
import type { GitHub, StoredSecret } from "../github.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { Ledger } from "../journal/ledger.ts";
import { storeKeyOf } from "../stores/targets.ts";
import type { StorePlace } from "../github.ts";
import type { Facts, Found } from "../difference/facts.ts";
import { workflowNames } from "../difference/schedules.ts";
import { homesOf, ownSecretsOf, targetsOf } from "../difference/wanted.ts";
import type { Wanted } from "../difference/wanted.ts";
import { WORKFLOW_FOLDER } from "../workflow/generate.ts";
import type { Ports } from "./context.ts";
import { observeOrphans } from "./observe-orphans.ts";
import { pooled } from "./pooled.ts";
import { readTree } from "./read-tree.ts";

/** As many as GitHub takes at once. */
const CONCURRENCY = 100;

/** Where facts come from. */
export interface Sources {
  readonly ports: Pick<Ports, "files" | "secrets" | "progress">;
  readonly github: GitHub;
  readonly ledger: Ledger;
}

/** Reads what a plan is made from. What cannot be read is a fact as well: it is not guessed at, and keeps nothing from being read. */
export async function observe(sources: Sources, wanted: Wanted): Promise<Facts> {
  const { github, ledger, ports } = sources;
  const [repository, environments, journal] = await Promise.all([
    find(() => github.settings.repository()),
    readEnvironments(github, wanted),
    find(() => readJournal(ledger)),
  ]);
  const tree = readTree(ports.files, wanted);
  const targets = [...targetsOf(wanted).values()].filter(
    (target) => !isToBeMade(target, environments, wanted),
  );
  ports.progress.say(`reading ${String(targets.length)} stores and ${String(tree.size)} files on GitHub`);
  const [stores, pushed, workflows] = await Promise.all([
    readStores(github, targets),
    readEach(comparable(tree, wanted), (path) => github.settings.file(path)),
    readEach(workflowNames(wanted.files), (file) => github.runs.workflow(file)),
  ]);
  const atHand = namesAtHand(ports, wanted);
  const { webUrl } = github.access;
  const facts = { webUrl, repository, environments, journal, tree, stores, pushed, workflows, atHand };
  return observeOrphans(github, wanted, { ...facts, orphans: { kind: "not_asked" } });
}

/** What an adapter refuses is a fact; anything else is a bug. */
export async function find<Value>(ask: () => Promise<Value>): Promise<Found<Value>> {
  try {
    return { kind: "known", value: await ask() };
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    return { kind: "unknown", code: error.code, reason: error.message, hint: error.hint };
  }
}

/** Facts by name, a few at a time. */
export async function readEach<Value>(
  names: readonly string[],
  ask: (name: string) => Promise<Value>,
): Promise<ReadonlyMap<string, Found<Value>>> {
  const found = await pooled(
    names,
    CONCURRENCY,
    async (name) => [name, await find(() => ask(name))] as const,
  );
  return new Map(found);
}

/** The secrets of stores, by `storeKeyOf`. */
export async function readStores(
  { stores }: Pick<GitHub, "stores">,
  targets: readonly StorePlace[],
): Promise<ReadonlyMap<string, Found<readonly StoredSecret[]>>> {
  const byKey = new Map(targets.map((target) => [storeKeyOf(target), target]));
  const found = await pooled([...byKey], CONCURRENCY, async ([key, target]) => {
    const secrets = await find(async () => (await stores.room(target)).secrets);
    return [key, secrets] as const;
  });
  return new Map(found);
}

function readEnvironments({ settings }: GitHub, wanted: Wanted): Promise<Facts["environments"]> {
  const names = homesOf(wanted).flatMap(({ environment }) => (environment === null ? [] : [environment]));
  return readEach(names, (name) => settings.environment(name));
}

/** The secrets of an environment that is yet to be made cannot be listed. */
function isToBeMade(
  target: StorePlace,
  environments: Facts["environments"],
  { repository }: Wanted,
): boolean {
  if (target.kind !== "environment" || target.repository.toLowerCase() !== repository.toLowerCase())
    return false;
  const found = environments.get(target.environment);
  return found?.kind === "known" && found.value === undefined;
}

async function readJournal(ledger: Ledger): Promise<ReadonlyMap<string, Found<JournalEntry>>> {
  return readEach(await ledger.names(), async (name) => {
    const entry = await ledger.read(name);
    if (entry !== undefined) return entry;
    throw new SealringError("transient", `the journal's file of ${name} went away meanwhile`);
  });
}

/** Of the action only what changes with every version. GitHub gives no file of over 1 MB: of such a one it is not told. */
function comparable(tree: Facts["tree"], { files }: Wanted): readonly string[] {
  const large = new Set(files.filter(({ bytes }) => bytes.length > 1_000_000).map(({ path }) => path));
  const isTelling = (path: string) =>
    path.startsWith(`${WORKFLOW_FOLDER}/`) || /\/(action\.yml|main\.mjs)$/.test(path);
  return [...tree.keys()].filter((path) => isTelling(path) && !large.has(path));
}

function namesAtHand({ secrets }: Pick<Ports, "secrets">, wanted: Wanted): ReadonlySet<string> {
  const names = homesOf(wanted).flatMap((home) => ownSecretsOf(home, wanted.project));
  const own = names.filter(
    (name) => !name.startsWith("SEALRING_CREDENTIAL_") && secrets.read(name) !== undefined,
  );
  return new Set(own);
}
