import type { Credential, Project } from "../declaration/credential.ts";
import type { Fault } from "../declaration/fault.ts";
import { loadDeclarations } from "../declaration/load.ts";
import { EXIT, SealringError } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import type { GitHub, Purpose, StoreTarget, Turn } from "../github.ts";
import type { Browser, Files, LoopbackListener, Prompt, Usher } from "../ports.ts";
import { Ledger } from "../journal/ledger.ts";
import { createRun } from "../protocol/run.ts";
import type { Run, RunPorts } from "../protocol/run.ts";
import { jobPlaces, placeIn } from "../workflow/generate.ts";

/** Everything outside that a command may use, wired by main.ts. */
export interface Ports extends RunPorts {
  readonly files: Files;
  readonly browser: Browser;
  readonly prompt: Prompt;
  readonly listener: LoopbackListener;
  /** undefined: browser and terminal. */
  readonly usher?: Usher | undefined;
  /** The workflow file whose schedule started this job; undefined: something else did. */
  readonly scheduledBy?: string | undefined;
  /** owner/name from the environment or the git remote; asked for only when sealring.yaml names none. */
  readonly findRepository: () => string | undefined;
  /** @throws SealringError `usage` where no token can be had for the project's GitHub. */
  readonly connect: (project: Project, repository: string, purpose?: Purpose) => Promise<GitHub>;
}

/** What a command came to: `results`, or the faults that kept it from starting. */
export interface Report<Result> {
  readonly command: string;
  readonly exit: ExitCode;
  readonly results: readonly Result[];
  readonly faults: readonly Fault[];
}

export interface Declared {
  readonly project: Project;
  readonly repository: string;
  /** All of them, selected or not. */
  readonly credentials: readonly Credential[];
}

export type Declaring =
  | { readonly kind: "declared"; readonly declared: Declared }
  | { readonly kind: "faulty"; readonly faults: readonly Fault[] };

/**
 * Reads every declaration of the repository. One faulty file stops a command: what its author meant is not guessed at.
 * @throws SealringError `usage` when it is not known which repository this is.
 */
export function declare(ports: Ports): Declaring {
  const repository = ports.findRepository();
  const environment = repository === undefined ? {} : { repository };
  const { project, credentials, faults } = loadDeclarations(ports.files, { paths: [], environment });
  if (faults.length > 0) return { kind: "faulty", faults };
  if (project.repository === undefined) throw noRepository();
  return { kind: "declared", declared: { project, repository: project.repository, credentials } };
}

/** Neither a file, nor the environment, nor git's remote names the repository. */
export function noRepository(): SealringError {
  return new SealringError("usage", "it is not known which GitHub repository this is", {
    hint:
      "put `repository: owner/name` into sealring.yaml, set GITHUB_REPOSITORY, " +
      "or run: git remote add origin https://github.com/<owner>/<name>",
  });
}

/** The report of a command that did not start. */
export function faulty(command: string, faults: readonly Fault[]): Report<never> {
  return { command, exit: EXIT.usage, results: [], faults };
}

/**
 * The credentials of these names, all of them where none is named; and of this environment, where one is: the empty name
 * is for those whose envelopes are repository secrets.
 */
export function select(
  { credentials }: Declared,
  names: readonly string[],
  environment?: string,
): readonly Credential[] {
  const chosen =
    names.length === 0 ? credentials : [...new Set(names)].map((name) => named(credentials, name));
  if (environment === undefined) return chosen;
  const there = chosen.filter((own) => (own.environment ?? "") === environment);
  if (there.length === 0 && chosen.length > 0) throw nothingIn(environment, chosen);
  return there;
}

function nothingIn(environment: string, chosen: readonly Credential[]): SealringError {
  const others = new Set(chosen.map((own) => own.environment ?? "the repository's own secrets"));
  return new SealringError("usage", `no credential has its envelope in ${JSON.stringify(environment)}`, {
    hint: `they are in: ${[...others].slice(0, 5).join(", ")}`,
  });
}

/** @throws SealringError `usage` where no file declares it. */
export function named(credentials: readonly Credential[], name: string): Credential {
  const found = credentials.find((credential) => credential.name === name);
  if (found !== undefined) return found;
  const known = credentials.map((credential) => credential.name).join(", ");
  throw new SealringError("usage", `no file in credentials/ declares ${JSON.stringify(name)}`, {
    hint: known === "" ? "add a file to credentials/ first" : `declared are: ${known}`,
  });
}

/** The run of each credential: one for every environment that holds envelopes of theirs. */
export type Runs = (credential: Credential) => Run;

/** Runs of the protocol over these credentials, with one connection and one journal. */
export async function startRuns(
  ports: Ports,
  declared: Declared,
  credentials: readonly Credential[],
): Promise<Runs> {
  const { project, repository } = declared;
  // A step, a job or a run before it may have used the tokens in this minute.
  const turn: Turn = ports.self.owner.kind === "run" ? "after_another" : "alone";
  const github = await ports.connect(project, repository, { turn, reach: reachOf(credentials) });
  const ledger = new Ledger(github.journal, ports.clock, ports.self.runUrl);
  const places = jobPlaces(declared);
  const runs = new Map<string | null, Run>();
  for (const environment of new Set(credentials.map((credential) => credential.environment))) {
    const names = credentials.filter((own) => own.environment === environment).map(({ name }) => name);
    // By the environment's own job it is known which run is the last before a token's end.
    const { file: workflowFile, schedule } = placeIn(places, environment);
    const own = { project: { ...project, schedule }, environment, workflowFile, names };
    runs.set(environment, createRun(ports, { ...own, repository, github, ledger }));
  }
  return ({ environment, name }) => {
    const run = runs.get(environment);
    if (run === undefined) throw new Error(`${name} is not among the credentials of these runs`);
    return run;
  };
}

/** The stores, beside the envelopes', that these credentials are published to. */
export function reachOf(credentials: readonly Credential[]): readonly StoreTarget[] {
  return credentials.flatMap(({ destinations }) => destinations);
}

/** The gravest of several exits: a bug, a fault, what waits to be stored, a person, a remote, an interruption, none. */
export function gravest(exits: readonly ExitCode[]): ExitCode {
  const order = [EXIT.bug, EXIT.usage, EXIT.pending, EXIT.personNeeded, EXIT.remoteFailed, EXIT.interrupted];
  return order.find((exit) => exits.includes(exit)) ?? EXIT.done;
}
