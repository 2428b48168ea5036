import type { NewCredential } from "../adding/credential.ts";
import { EXIT } from "../errors.ts";
import type { TreeWriter } from "../ports.ts";
import type { AuthorizationWaits, Authorized } from "../protocol/authorize.ts";
import type { Secret } from "../secret.ts";
import { gather, refuseTaken } from "./add-gather.ts";
import type { AddRequest, Gathered } from "./add-gather.ts";
import { sealClientSecret } from "./add-secret.ts";
import type { ClientSecretOutcome } from "./add-secret.ts";
import { subjectOf } from "./add-subject.ts";
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
  /** undefined: of one that was declined. */
  readonly clientSecret: ClientSecretOutcome | undefined;
  /** undefined: not authorized yet. */
  readonly authorized: Authorized | AuthorizationWaits | undefined;
}

/** How long the person has for the consent, as `sealring authorize` has it. */
const AUTHORIZE_SECONDS = 300;

/**
 * `sealring add`: asks for what a provider needs, and writes the credential's file once the loader has nothing against it.
 * @throws SealringError `usage` where nobody can be asked for what is missing, or the file is there already; and what
 *   `authorize` throws, when the file is written.
 */
export async function add(ports: AddPorts, request: AddRequest): Promise<Report<Added>> {
  const subject = await subjectOf(request.provider, ports.prompt);
  const gathering = await gather(ports, subject, request);
  if (gathering.kind === "faulty") return faulty("add", gathering.faults);
  const { file, credential } = gathering;
  request.notify({ kind: "file", ...file });
  if (request.consent === "ask" && !(await ports.prompt.confirm(`Save ${file.path}?`))) {
    const { name } = credential;
    const declined = {
      credential: name,
      file: file.path,
      outcome: "declined",
      clientSecret: undefined,
    } as const;
    return reportOf({ ...declined, authorized: undefined });
  }
  return save(ports, gathering);
}

async function save(ports: AddPorts, { file, credential, clientSecret }: Gathered): Promise<Report<Added>> {
  // Somebody may have written it while the person was asked.
  refuseTaken(ports, file);
  await ports.tree.write(file.path, new TextEncoder().encode(file.text));
  ports.progress.say(`${file.path} is written.`);
  const { name, client } = credential;
  const outcome = await sealClientSecret(ports, { name, secretName: client.secretName }, clientSecret);
  const added = { credential: name, file: file.path, outcome: "added", clientSecret: outcome } as const;
  const asked = outcome.kind === "left" ? undefined : await authorizeNow(ports, credential, clientSecret);
  if (asked !== undefined && asked.faults.length > 0) return faulty("add", asked.faults);
  return { ...reportOf({ ...added, authorized: asked?.results[0] }), exit: asked?.exit ?? EXIT.done };
}

/** undefined: nobody wants that now. */
async function authorizeNow(
  ports: Ports,
  { name, client }: NewCredential,
  clientSecret: Secret | undefined,
): Promise<Report<Authorized | AuthorizationWaits> | undefined> {
  const { prompt } = ports;
  if (!prompt.interactive || !(await prompt.confirm(`Authorize ${name} now?`))) return undefined;
  const read = (asked: string) => (asked === client.secretName ? clientSecret : ports.secrets.read(asked));
  const request = { name, flow: undefined, timeoutSeconds: AUTHORIZE_SECONDS };
  return authorize({ ...ports, secrets: { read } }, request);
}

function reportOf(result: Added): Report<Added> {
  return { command: "add", exit: EXIT.done, results: [result], faults: [] };
}
