import type { Project } from "../declaration/credential.ts";
import type { Owner } from "../journal/entry.ts";
import { envelopeSecretName, envelopeStore } from "../declaration/credential.ts";
import type { Ledger } from "../journal/ledger.ts";
import type { GitHub, StoreTarget } from "../github.ts";
import type { BoxDisk, Clock, HttpClient, Progress, RandomBytes, SecretSource } from "../ports.ts";
import type { PinnedProject } from "../envelope/pins.ts";
import { sealForRecovery } from "../envelope/recovery.ts";
import { Secret } from "../secret.ts";
import { proveStore } from "../stores/prove.ts";
import { createSealer } from "../stores/sealer.ts";
import { dispatchCommand } from "../workflow/dispatch.ts";
import type { Sealer } from "../stores/sealer.ts";
import { describeTarget } from "../stores/targets.ts";

/** Who this process is to the journal. */
export interface Self {
  readonly owner: Owner;
  /** When this process's secrets can have been read at the latest. */
  readonly startedAt: Date;
  readonly runUrl: string | undefined;
}

/** The ports that the protocol works through. */
export interface RunPorts {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly http: HttpClient;
  readonly secrets: SecretSource;
  readonly progress: Progress;
  readonly disk: BoxDisk;
  /** Aborted by SIGINT and SIGTERM: nothing new is started, what was spent is finished. */
  readonly stop: AbortSignal;
  readonly self: Self;
}

/** One process's way through the protocol: what every step needs, made once. */
export interface Run extends RunPorts {
  readonly project: Project;
  readonly envelopeStore: StoreTarget;
  /** The workflow file whose job refreshes these credentials. */
  readonly workflowFile: string;
  readonly github: GitHub;
  readonly ledger: Ledger;
  readonly sealer: Sealer;
  /** Step 3, once a run. Throws `store_refused`, `rate_limited` or `transient`. */
  readonly prove: () => Promise<void>;
}

/** What every envelope of this run pins of the project. */
export function pinnedProject(run: Run): PinnedProject {
  return {
    envelopeStore: describeTarget(run.envelopeStore),
    recoveryRecipient: run.project.recoveryRecipient,
  };
}

export interface RunInput {
  readonly project: Project;
  /** owner/name of the repository that holds the envelopes and the journal. */
  readonly repository: string;
  /** Of the credentials; null: repository secrets. */
  readonly environment: string | null;
  /** The workflow file with the job of that environment. */
  readonly workflowFile: string;
  readonly github: GitHub;
  readonly ledger: Ledger;
  /** The credentials whose envelopes this run may write. */
  readonly names: readonly string[];
}

/** Makes a run over the credentials of one environment. Nothing is asked of GitHub yet. */
export function createRun(ports: RunPorts, input: RunInput): Run {
  const { project, repository, environment, workflowFile, github, ledger, names } = input;
  const sealer = createSealer(github.stores);
  const target = envelopeStore(environment, repository);
  let proof: Promise<void> | undefined;
  const prove = () =>
    (proof ??= proveAll(project, () =>
      proveStore({ target, names: names.map(envelopeSecretName) }, github.stores, sealer),
    ));
  return { ...ports, project, envelopeStore: target, workflowFile, github, ledger, sealer, prove };
}

/** Nothing may be spent while a copy of it could not be sealed. */
async function proveAll({ recoveryRecipient }: Project, store: () => Promise<void>): Promise<void> {
  if (recoveryRecipient !== undefined) await sealForRecovery(new Secret("proof"), recoveryRecipient);
  await store();
}

/** The command that has a job refresh one credential: nothing else can read its tokens. */
export function refreshCommand({ workflowFile }: Pick<Run, "workflowFile">, credential: string): string {
  return dispatchCommand({ workflowFile, credential });
}
