import type { Credential } from "../declaration/credential.ts";
import { readIdentities } from "../envelope/recovery.ts";
import type { RefreshOptions } from "../protocol/options.ts";
import { recoverCredential } from "../protocol/recover.ts";
import { refreshCredential } from "../protocol/refresh.ts";
import { stopped } from "../protocol/result.ts";
import type { CredentialResult } from "../protocol/result.ts";
import type { Run } from "../protocol/run.ts";
import type { Secret } from "../secret.ts";
import { tellOwners } from "./alerts.ts";
import { declare, faulty, gravest, select, startRuns } from "./context.ts";
import type { Ports, Report } from "./context.ts";
import { keepAlive, keepsAlive } from "./keep-alive.ts";
import { pooled } from "./pooled.ts";
import { publishSoon } from "./publish-soon.ts";

/** As many as GitHub takes requests at once. */
const CONCURRENCY = 100;

export interface RefreshRequest extends RefreshOptions {
  /** Empty: every declared credential. */
  readonly names: readonly string[];
  /** Only the credentials whose envelopes are in this environment; undefined: all. */
  readonly environment?: string | undefined;
}

/** `sealring refresh`: the protocol for each credential that is due. One failure stops no other. */
export function refresh(ports: Ports, request: RefreshRequest): Promise<Report<CredentialResult>> {
  return forEach(ports, { command: "refresh", ...request }, (run, credential) =>
    refreshCredential(run, credential, request),
  );
}

export interface RecoverRequest extends Partial<Pick<RefreshRequest, "environment" | "names">> {
  /** The text of an age identity file. */
  readonly identityFile?: Secret | undefined;
}

/**
 * `sealring recover`: settles what earlier runs left, replays sealed boxes, and spends nothing. With an age identity
 * file's text, what was sealed to the recovery recipient is opened.
 */
export async function recover(
  ports: Ports,
  { identityFile, environment, names = [] }: RecoverRequest = {},
): Promise<Report<CredentialResult>> {
  const identities = identityFile === undefined ? [] : await readIdentities(identityFile);
  const batch = { command: "recover", names, environment, effect: "real" } as const;
  return forEach(ports, batch, (run, credential) => recoverCredential(run, credential, identities));
}

interface Batch extends Pick<RefreshRequest, "names" | "environment"> {
  readonly command: string;
  readonly effect: RefreshOptions["effect"];
}

type Work = (run: Run, credential: Credential) => Promise<CredentialResult>;

async function forEach(
  ports: Ports,
  { command, names, environment, effect }: Batch,
  work: Work,
): Promise<Report<CredentialResult>> {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") return faulty(command, declaring.faults);
  const credentials = select(declaring.declared, names, environment);
  const runs = await startRuns(ports, declaring.declared, credentials);
  const results = await pooled(credentials, CONCURRENCY, (credential) =>
    settled(runs(credential), credential, work),
  );
  if (effect === "real") await tellOwners({ ports, runs, declared: declaring.declared }, results);
  const [first] = credentials;
  if (effect === "real" && first !== undefined) {
    const github = runs(first).github;
    await publishSoon(ports, github.runs, results);
    if (command === "refresh" && keepsAlive(ports, declaring.declared, credentials))
      await keepAlive(ports, github.runs);
  }
  return { command, exit: gravest(results.map(({ exit }) => exit)), results, faults: [] };
}

async function settled(run: Run, credential: Credential, work: Work): Promise<CredentialResult> {
  const result = await work(run, credential).catch((error: unknown) => stopped(credential.name, error));
  run.progress.say(`${credential.name}: ${result.outcome}`);
  return result;
}
