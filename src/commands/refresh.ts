import type { Credential } from "../declaration/credential.ts";
import { refreshCredential } from "../protocol/refresh.ts";
import type { RefreshOptions } from "../protocol/refresh.ts";
import { stopped } from "../protocol/result.ts";
import type { CredentialResult } from "../protocol/result.ts";
import type { Run } from "../protocol/run.ts";
import { declare, faulty, gravest, select, startRun } from "./context.ts";
import type { Ports, Report } from "./context.ts";

/** As many as GitHub takes requests at once. */
const CONCURRENCY = 100;

export interface RefreshRequest extends RefreshOptions {
  /** Empty: every declared credential. */
  readonly names: readonly string[];
}

/** `sealring refresh`: the protocol for each credential that is due. One failure stops no other. */
export function refresh(ports: Ports, request: RefreshRequest): Promise<Report<CredentialResult>> {
  return refreshAll(ports, "refresh", request);
}

/** `sealring recover`: settles what earlier runs left, replays sealed boxes, and spends nothing. */
export function recover(ports: Ports): Promise<Report<CredentialResult>> {
  const request = { names: [], when: "settle_only", probe: "not_asked", effect: "real" } as const;
  return refreshAll(ports, "recover", request);
}

async function refreshAll(
  ports: Ports,
  command: string,
  request: RefreshRequest,
): Promise<Report<CredentialResult>> {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") return faulty(command, declaring.faults);
  const credentials = select(declaring.declared, request.names);
  const run = await startRun(ports, declaring.declared, credentials);
  const results = await pooled(credentials, (credential) => settled(run, credential, request));
  return { command, exit: gravest(results.map(({ exit }) => exit)), results, faults: [] };
}

async function settled(run: Run, credential: Credential, request: RefreshRequest): Promise<CredentialResult> {
  const result = await refreshCredential(run, credential, request).catch((error: unknown) =>
    stopped(credential.name, error),
  );
  run.progress.say(`${credential.name}: ${result.outcome}`);
  return result;
}

/** Runs at most so many at a time, and gives the results in the order of the items. */
async function pooled<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const entries = items.entries();
  const worker = async () => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, items.length) }, worker));
  return results;
}
