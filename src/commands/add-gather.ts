import { ABOUT_CLIENT, tellOfProvider } from "../adding/about-client.ts";
import { ABOUT_TOKENS } from "../adding/about-tokens.ts";
import { credentialOf } from "../adding/credential.ts";
import type { NewCredential } from "../adding/credential.ts";
import { fileOf } from "../adding/document.ts";
import type { NewFile } from "../adding/document.ts";
import { withFreeSecret } from "../adding/free-secret.ts";
import { ask } from "../adding/interview.ts";
import type { Interview, Notice } from "../adding/interview.ts";
import { faultsOfNew, memberOf, membersTold } from "../adding/judge.ts";
import type { Surroundings } from "../adding/judge.ts";
import { missingFrom } from "../adding/missing.ts";
import type { Subject } from "../adding/subject.ts";
import type { Told } from "../adding/told.ts";
import type { Fault } from "../declaration/fault.ts";
import { visible } from "../declaration/visible.ts";
import { SealringError } from "../errors.ts";
import type { Secret } from "../secret.ts";
import { clientSecretAtHand } from "./add-secret.ts";
import type { Ports } from "./context.ts";

export interface AddRequest {
  /** An id of the catalogue, or an issuer; undefined: it is asked for. */
  readonly provider: string | undefined;
  /** What the options say. The rest is asked for, where somebody is there. */
  readonly told: Told;
  /** `ask`: a person has to confirm what is shown. */
  readonly consent: "ask" | "given";
  readonly notify: (notice: Notice) => void;
}

/** A credential that the loader has nothing against. */
export interface Gathered {
  readonly kind: "gathered";
  readonly credential: NewCredential;
  readonly file: NewFile;
  /** What the options said, and the person. */
  readonly told: Told;
  /** undefined: nobody has it at hand, or it is a public client. */
  readonly clientSecret: Secret | undefined;
}

type Gathering = Gathered | { readonly kind: "faulty"; readonly faults: readonly Fault[] };

/**
 * Takes what the options say, and asks for the rest where somebody is there.
 * @throws SealringError `usage` for what is missing where nobody is, and for a file that is there already.
 */
export async function gather(ports: Ports, subject: Subject, request: AddRequest): Promise<Gathering> {
  const around = { files: ports.files, repository: ports.findRepository() };
  refuseRotation(subject, request.told);
  if (!ports.prompt.interactive) refuseMissing(subject, request);
  const early = faultsOfTold(around, subject, request.told);
  if (early.length > 0) return { kind: "faulty", faults: early };
  const { told, clientSecret } = await completed(ports, { around, subject, request });
  const credential = credentialIn(around, subject, told);
  const file = fileOf(subject, credential);
  const faults = faultsOfNew(around, file);
  return faults.length > 0
    ? { kind: "faulty", faults }
    : { kind: "gathered", credential, file, told, clientSecret };
}

function credentialIn(around: Surroundings, subject: Subject, told: Told): NewCredential {
  return withFreeSecret(around, credentialOf(subject, told));
}

/** What is wrong with the options, before anybody is asked for the rest. */
function faultsOfTold(around: Surroundings, subject: Subject, told: Told): readonly Fault[] {
  const file = fileOf(subject, credentialIn(around, subject, told));
  if (told.name !== undefined) refuseTaken(around, file);
  const members = membersTold(told);
  return faultsOfNew(around, file).filter((fault) => members.includes(memberOf(file, fault) ?? ""));
}

interface Case {
  readonly around: Surroundings;
  readonly subject: Subject;
  readonly request: AddRequest;
}

async function completed(
  ports: Ports,
  { around, subject, request: { told, notify } }: Case,
): Promise<{ readonly told: Told; readonly clientSecret: Secret | undefined }> {
  const secretOf = (known: Told) => clientSecretAtHand(ports, credentialIn(around, subject, known).client);
  if (!ports.prompt.interactive) {
    tellOfProvider({ notify, subject }, told);
    return { told, clientSecret: await secretOf(told) };
  }
  const interview = { prompt: ports.prompt, subject, notify, faultOf: faultFinder(around, subject) };
  const client = await ask(interview, ABOUT_CLIENT, told);
  const clientSecret = await secretOf(client);
  return { told: await ask(interview, ABOUT_TOKENS, client), clientSecret };
}

function faultFinder(around: Surroundings, subject: Subject): Interview["faultOf"] {
  return (member, told) => {
    const file = fileOf(subject, credentialIn(around, subject, told));
    if (member === "name" && isTaken(around, file)) return `${visible(file.path)} is there already`;
    const fault = faultsOfNew(around, file).find((each) => memberOf(file, each) === member);
    return fault && `${fault.message}: ${fault.hint}`;
  };
}

export function isTaken({ files }: Pick<Surroundings, "files">, { path }: NewFile): boolean {
  return files.read(path, 0).kind !== "missing";
}

/** @throws SealringError `usage` for a file that is there: nothing is written over. */
export function refuseTaken({ files }: Pick<Surroundings, "files">, file: NewFile): void {
  if (!isTaken({ files }, file)) return;
  throw new SealringError("usage", `${visible(file.path)} is there already`, {
    hint: "change it, or give the new one another name with --name",
  });
}

/** @throws SealringError `usage` for a rotation of a provider of the catalogue, which says it with a source. */
function refuseRotation({ entry }: Subject, { rotation }: Told): void {
  if (entry === undefined || rotation === undefined) return;
  throw new SealringError("usage", `the catalogue says what happens to refresh tokens of ${entry.name}`, {
    hint: `leave --rotation out; what it says: sealring providers show ${entry.id}`,
  });
}

/** @throws SealringError `usage` that names the option for everything that is missing. */
function refuseMissing(subject: Subject, { provider = "", told, consent }: AddRequest): void {
  const consenting = consent === "ask" ? [{ what: "the consent to save it", option: "--yes" }] : [];
  const missing = [...missingFrom(subject, told), ...consenting];
  if (missing.length === 0) return;
  const what = missing.map((each) => each.what).join(", ");
  const options = missing.map(({ option }) => option).join(" ");
  const { entry } = subject;
  const before = entry === undefined ? "" : `; what to know before: sealring providers show ${entry.id}`;
  throw new SealringError("usage", `nobody is there to ask for what is missing: ${what}`, {
    hint: `run at a terminal, or: sealring add ${visible(provider)} ${options}${before}`,
  });
}
