import type { Field } from "../form/field.ts";
import type { Shown } from "../form/shown.ts";
import type { Typed } from "../form/typed.ts";

const NO_SCOPE = "No scope is ticked: most providers refuse that, or grant nothing.";

/** What can be saved as it is typed, and hardly works. */
export function warningsOf(fields: readonly Field[], typed: Typed): Shown["warnings"] {
  const scopes = fields.find(({ key }) => key === "scopes");
  const areKnown = scopes?.kind === "texts" && scopes.options.length > 0;
  if (!areKnown || typed.holds("scopes") || typed.one("grant") === "client_credentials") return new Map();
  return new Map([["scopes", NO_SCOPE]]);
}
