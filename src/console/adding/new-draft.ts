import { amend } from "../../adding/amend/amend.ts";
import { isMembers } from "../../adding/amend/changes.ts";
import type { Members } from "../../adding/amend/changes.ts";
import { plainOf } from "../../adding/amend/plain.ts";
import { credentialOf } from "../../adding/credential.ts";
import { fileOf } from "../../adding/document.ts";
import type { NewFile } from "../../adding/document.ts";
import { withFreeSecret } from "../../adding/free-secret.ts";
import { pathOf } from "../../adding/place.ts";
import { judge } from "../../adding/judge.ts";
import type { Surroundings } from "../../adding/judge.ts";
import type { Subject } from "../../adding/subject.ts";
import type { Told } from "../../adding/told.ts";
import { isTaken } from "../../commands/add-gather.ts";
import type { Fault } from "../../declaration/fault.ts";
import { visible } from "../../declaration/visible.ts";
import type { Grant } from "../../providers/provider.ts";
import type { Problem, Reading } from "../form/read.ts";
import { membersIn, parameterValues } from "./about.ts";
import type { ClientForm } from "./client-form.ts";
import type { Draft } from "./draft.ts";
import { placeFaults } from "./placed-faults.ts";

/** A new credential as it was typed. */
export interface NewTyped {
  readonly subject: Subject;
  readonly reading: Reading;
  readonly client: ClientForm;
}

/** The file that a form for a new credential makes, and what is wrong with it. */
export function newDraft(around: Surroundings, typed: NewTyped): Draft {
  const { reading, client } = typed;
  const file = newFile(around, typed);
  const taken: readonly Problem[] = isTaken(around, file)
    ? [
        {
          name: "name",
          message: `${visible(file.path)} is there already`,
          hint: "give this one another name",
        },
      ]
    : [];
  const judgement = judge(around, file);
  const problems = [...client.problems, ...reading.problems, ...taken];
  const isNamed = taken.length === 0 && !judgement.faults.some(({ rule }) => rule === "credential-name");
  const told = judgement.faults.filter((fault) => isNamed || !isOfName(file, fault, reading.value));
  const faults = placeFaults(file, told, { places: reading.places, problems });
  return { file, old: undefined, judgement, faults, remarks: [] };
}

/** Whether it is about a secret that has its name by the credential's, which is to be another. */
function isOfName(file: NewFile, fault: Fault, { client, outputs }: Members): boolean {
  const [member, key] = pathOf(file, fault);
  if (member === "outputs") return outputs === undefined;
  return member === "client" && key === "secret" && (!isMembers(client) || client["secret"] === undefined);
}

function newFile(around: Surroundings, { subject, reading: { value }, client }: NewTyped): NewFile {
  const told = toldBy(value, client);
  const whole = credentialOf(subject, told);
  const { path, text } = fileOf(subject, withFreeSecret(around, whole));
  return { path, text: amend(text, wantedOf(plainOf(text) as Members, value)) };
}

/** As `add` is told it. The rest of the form is put into the file that comes of that. */
function toldBy(value: Members, { kind }: ClientForm): Told {
  const { grant, scopes, destinations } = value;
  return {
    name: textIn(value, "name"),
    description: textIn(value, "description"),
    owner: textIn(value, "owner"),
    rotation: rotationIn(value),
    parameters: parameterValues(membersIn(value, "provider_parameters")),
    grant: grant as Grant | undefined,
    redirectUri: textIn(value, "redirect_uri"),
    clientId: textIn(membersIn(value, "client"), "id"),
    client: kind,
    scopes: textsIn(scopes),
    outputs: outputsIn(value),
    destinations: Array.isArray(destinations) ? destinations.filter(isMembers) : [],
    environment: textIn(value, "environment"),
  };
}

/** A parameter without a value has an example in the file so far, never to be saved. */
function wantedOf(file: Members, { client, ...value }: Members): Members {
  const { provider_parameters: examples, ...rest } = file;
  return {
    ...rest,
    ...value,
    client: { ...membersIn(file, "client"), ...(isMembers(client) ? client : {}) },
  };
}

/** Told, so that the file says what it is; the form has more of them, and what goes with each. */
function rotationIn(value: Members): Told["rotation"] {
  const { rotation } = membersIn(value, "provider");
  return rotation === "none" ||
    rotation === "optional" ||
    rotation === "single_use" ||
    rotation === "old_stays_valid"
    ? rotation
    : undefined;
}

function textIn(value: Members, key: string): string {
  const text = value[key];
  return typeof text === "string" ? text : "";
}

function textsIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === "string") : [];
}

/** undefined: one with the access token, named after the credential. */
function outputsIn({ outputs }: Members): Told["outputs"] {
  if (!isMembers(outputs)) return undefined;
  return Object.entries(outputs).map(([secretName, field]) => ({
    secretName,
    field: typeof field === "string" ? field : "",
  }));
}
