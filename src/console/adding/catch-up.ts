import type { Members } from "../../adding/amend/changes.ts";
import { merge } from "../../adding/amend/merge.ts";
import type { Field } from "../form/field.ts";
import { overlaid } from "../form/overlay.ts";
import { readForm } from "../form/read.ts";
import type { Problem } from "../form/read.ts";
import { Typed } from "../form/typed.ts";
import { fillOld } from "./literal.ts";
import { fingerprint, TAKES_BACK, WAS } from "./old-file.ts";

/** What a file says, and the fields that show it. */
export interface Fielded {
  readonly fields: readonly Field[];
  readonly text: string;
  readonly value: Members;
}

/** A form on the file as it is now. */
export interface CaughtUp {
  readonly typed: Typed;
  /** The fingerprint of the text that it stands on. */
  readonly was: string;
  readonly problems: readonly Problem[];
}

/**
 * A form that was filled from an earlier text of its file, brought up to what that says now: what was changed in the form
 * stands, and of the rest what the file says. Told once, so that a person looks at it before it is saved.
 * @param earlier undefined: that text is not known any more
 */
export function catchUp(now: Fielded, earlier: Fielded | undefined, typed: Typed): CaughtUp {
  const was = fingerprint(now);
  if (typed.one(WAS) === was) return { typed, was, problems: [] };
  if (earlier === undefined) return { typed, was, problems: [TAKES_BACK] };
  const { value: after, problems } = readForm(earlier.fields, typed);
  // Anew filled, the form would not have what cannot be read.
  if (problems.length > 0) return { typed, was: typed.one(WAS), problems: [NOT_YET] };
  const { fields, value: base } = earlier;
  const before = readForm(fields, new Typed(fillOld(fields, base))).value;
  const mine = overlaid(fields, base, { before, after });
  const { value, both } = merge({ base, mine, theirs: now.value });
  const others = typed.entries.filter(([name]) => fields.every(({ key }) => key !== name.split("/")[0]));
  return {
    typed: new Typed([...others, ...fillOld(now.fields, value as Members)]),
    was,
    problems: [TAKEN_IN, ...both.map((path) => changedByBoth(path.join(".")))],
  };
}

const TAKEN_IN: Problem = {
  name: undefined,
  message: "the file has changed since this form was opened, and that stays but for what you changed here",
  hint: "look at what changes in it now, and save again",
};

const NOT_YET: Problem = {
  name: undefined,
  message: "the file has changed since this form was opened",
  hint: "that is taken in as soon as the rest here is mended",
};

function changedByBoth(place: string): Problem {
  return {
    name: undefined,
    message: `${place} was changed there, too`,
    hint: "saving makes it what you typed",
  };
}
