import { commandOf } from "../adding/command.ts";
import { EXIT, SealringError } from "../errors.ts";
import type { TreeWriter } from "../ports.ts";
import type { AuthorizationWaits, Authorized } from "../protocol/authorize.ts";
import { gather, refuseTaken } from "./add-gather.ts";
import type { AddRequest, Gathered } from "./add-gather.ts";
import { sealClientSecret } from "./add-secret.ts";
import type { ClientSecretOutcome } from "./add-secret.ts";
import { needClient, subjectOf } from "./add-subject.ts";
import { authorize } from "./authorize.ts";
import { faulty } from "./context.ts";
import type { Ports, Report } from "./context.ts";

export interface AddPorts extends Ports {
  readonly tree: TreeWriter;
}

/** A credential that was asked for. */
export interface Added {
  readonly credential: string;
  readonly file: string;
  /** `declined`: the person did not want it saved, and nothing was written anywhere. */
  readonly outcome: "added" | "declined";
  /** Of one that was declined, the command that brings the answers back; it has no secret in it. */
  readonly again: string | undefined;
  /** undefined: of one that was declined. */
  readonly clientSecret: ClientSecretOutcome | undefined;
  /** undefined: not authorized yet. */
  readonly authorized: Authorized | AuthorizationWaits | undefined;
}

/** How long the person has for the consent, as `sealring authorize` has it. */
const AUTHORIZE_SECONDS = 300;

/**
 * `sealring add`: asks for what a provider needs, and writes the credential's file once the loader has nothing against it.
 * Faults in the report: nothing was written.
 * @throws SealringError `usage` where nobody can be asked for what is missing, or the file is there already; and what
 *   `authorize` throws, when the file is written.
 */
export async function add(ports: AddPorts, request: AddRequest): Promise<Report<Added>> {
  const subject = await subjectOf(request.provider, ports);
  if (request.told.clientId === undefined) await needClient(subject, ports.prompt);
  const gathering = await gather(ports, subject, request);
  if (gathering.kind === "faulty") return faulty("add", gathering.faults);
  const { file, told } = gathering;
  request.notify({ kind: "file", ...file });
  const isWanted = request.consent === "given" || (await ports.prompt.confirm(`Save ${file.path}?`, "yes"));
  return isWanted ? save(ports, gathering) : declined(gathering, commandOf(subject, told));
}

function declined({ file, credential }: Gathered, again: string): Report<Added> {
  const nothing = { clientSecret: undefined, authorized: undefined };
  return reportOf({ credential: credential.name, file: file.path, outcome: "declined", again, ...nothing });
}

async function save(ports: AddPorts, gathered: Gathered): Promise<Report<Added>> {
  const { file, credential, clientSecret } = gathered;
  // Somebody may have written it while the person was asked.
  refuseTaken(ports, file);
  await ports.tree.write(file.path, new TextEncoder().encode(file.text));
  ports.progress.say(`${file.path} is written.`);
  const { name, client } = credential;
  const outcome = await sealClientSecret(ports, { name, secretName: client.secretName }, clientSecret);
  const asked = outcome.kind === "left" ? undefined : await authorizeNow(ports, gathered, outcome);
  const added = { credential: name, file: file.path, outcome: "added", again: undefined } as const;
  const report = reportOf({ ...added, clientSecret: outcome, authorized: asked?.results[0] });
  return { ...report, exit: asked?.exit ?? EXIT.done };
}

/** undefined: nobody wants that now. */
async function authorizeNow(
  ports: Ports,
  gathered: Gathered,
  outcome: ClientSecretOutcome,
): Promise<Report<Authorized | AuthorizationWaits> | undefined> {
  const { prompt } = ports;
  const { credential, clientSecret } = gathered;
  const { name, client } = credential;
  if (!prompt.interactive || !(await prompt.confirm(`Authorize ${name} now?`, "yes"))) return undefined;
  const read = (asked: string) => (asked === client.secretName ? clientSecret : ports.secrets.read(asked));
  const request = { name, flow: undefined, timeoutSeconds: AUTHORIZE_SECONDS };
  try {
    const report = await authorize({ ...ports, secrets: { read } }, request);
    if (report.faults.length === 0) return report;
    throw new SealringError("faulty_declaration", "another declaration is faulty", {
      hint: "run: sealring validate",
    });
  } catch (error) {
    throw error instanceof SealringError ? afterSaving(error, gathered, outcome) : error;
  }
}

/** What is saved already is saved, and `add` is not what to run again. */
function afterSaving(
  error: SealringError,
  { file, credential }: Gathered,
  outcome: ClientSecretOutcome,
): SealringError {
  const sealed = outcome.kind === "sealed" ? ` and ${outcome.secretName} is sealed` : "";
  const message = `${file.path} is saved${sealed}, but not authorized: ${error.message}`;
  const hint = `${error.hint === undefined ? "" : `${error.hint}; `}the command for it is: sealring authorize ${credential.name}`;
  return new SealringError(error.code, message, { hint, cause: error });
}

function reportOf(result: Added): Report<Added> {
  return { command: "add", exit: EXIT.done, results: [result], faults: [] };
}
