import type { Credential } from "../declaration/credential.ts";
import type { RefreshOptions } from "../protocol/options.ts";
import { refreshCredential } from "../protocol/refresh.ts";
import { stopped } from "../protocol/result.ts";
import type { CredentialResult } from "../protocol/result.ts";
import type { Run } from "../protocol/run.ts";
import { tellOwners } from "./alerts.ts";
import { declare, faulty, gravest, select, startRun } from "./context.ts";
import type { Ports, Report } from "./context.ts";
import { pooled } from "./pooled.ts";

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
  const results = await pooled(credentials, CONCURRENCY, (credential) => settled(run, credential, request));
  if (request.effect === "real") await tellOwners(run, declaring.declared, results);
  return { command, exit: gravest(results.map(({ exit }) => exit)), results, faults: [] };
}

async function settled(run: Run, credential: Credential, request: RefreshRequest): Promise<CredentialResult> {
  const result = await refreshCredential(run, credential, request).catch((error: unknown) =>
    stopped(credential.name, error),
  );
  run.progress.say(`${credential.name}: ${result.outcome}`);
  return result;
}
