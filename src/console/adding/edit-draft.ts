import { amend } from "../../adding/amend/amend.ts";
import type { Members } from "../../adding/amend/changes.ts";
import { judge } from "../../adding/judge.ts";
import type { Surroundings } from "../../adding/judge.ts";
import { SealringError } from "../../errors.ts";
import type { Field } from "../form/field.ts";
import { overlaid } from "../form/overlay.ts";
import { readForm } from "../form/read.ts";
import type { Problem, Reading } from "../form/read.ts";
import { Typed } from "../form/typed.ts";
import type { ClientForm } from "./client-form.ts";
import { CLIENT_SECRET } from "./client-form.ts";
import { membersIn } from "./about.ts";
import type { Draft } from "./draft.ts";
import { fillOld } from "./literal.ts";
import { pinRemarks } from "./pin-remarks.ts";
import { placeFaults } from "./placed-faults.ts";

/** A file as it is, whose text is a map. */
export interface OldFile {
  readonly path: string;
  readonly text: string;
  readonly value: Members;
}

/** An edited credential as it was typed. */
export interface EditTyped {
  readonly fields: readonly Field[];
  readonly reading: Reading;
  readonly client: ClientForm;
  readonly problems: readonly Problem[];
}

/** The file with what was changed in the form, and what is wrong with it then. */
export function editDraft(around: Surroundings, old: OldFile, typed: EditTyped): Draft {
  const { fields, reading, client } = typed;
  const before = readForm(fields, new Typed(fillOld(fields, old.value))).value;
  const wanted = overlaid(fields, old.value, { before, after: reading.value });
  const { text, refused } = amended(old.text, wanted);
  const file = { path: old.path, text };
  const judgement = judge(around, file);
  const nameless =
    client.secret !== undefined && membersIn(wanted, "client")["secret"] === undefined ? [NAMELESS] : [];
  const problems = [...client.problems, ...reading.problems, ...nameless, ...refused, ...typed.problems];
  const faults = placeFaults(file, judgement.faults, { places: reading.places, problems });
  const was = judge(around, old);
  return { file, old: old.text, judgement, faults, remarks: pinRemarks(was, judgement) };
}

/** The text with what is wanted, or as it was and what stands against that. */
function amended(
  text: string,
  wanted: Members,
): { readonly text: string; readonly refused: readonly Problem[] } {
  try {
    return { text: amend(text, wanted), refused: [] };
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    const { message, hint = "" } = error;
    return { text, refused: [{ name: undefined, message, hint }] };
  }
}

const NAMELESS: Problem = {
  name: CLIENT_SECRET,
  message: "the file names no secret that holds it",
  hint: "give it a name under More: Name of the client secret",
};
