import type { Members } from "../../adding/amend/changes.ts";
import { hidesValue } from "../../declaration/literal-secret.ts";
import { Secret } from "../../secret.ts";
import type { Console } from "../console.ts";
import type { Field } from "../form/field.ts";
import { fillForm } from "../form/fill.ts";
import type { Entry } from "../form/typed.ts";
import { isWord } from "../masked.ts";
import { membersIn } from "./about.ts";
import type { OldText } from "./old-file.ts";

/** The inputs of a form on a file. What may be a secret in the place of its name is in none, and stays in the file. */
export function fillOld(fields: readonly Field[], value: Members): readonly Entry[] {
  const isLiteral = literalIn(value) !== undefined;
  return fillForm(fields, value).filter(([name]) => !isLiteral || name !== "client/secret");
}

/** Keeps it out of what else is shown of the file. */
export function hideLiteral({ masked }: Console, { value }: OldText): void {
  const literal = value && literalIn(value);
  // Hidden, a word or the client id would be missing in places that have nothing to do with it.
  if (value === undefined || literal === undefined || isWord(literal)) return;
  if (membersIn(value, "client")["id"] !== literal) masked.add(new Secret(literal));
}

/** What stands in a file where the name of its client secret should; undefined: nothing, or a name. */
function literalIn(value: Members): string | undefined {
  const { secret } = membersIn(value, "client");
  return typeof secret === "string" && hidesValue(["client", "secret"], secret) ? secret : undefined;
}
