import { isMembers } from "../../adding/amend/changes.ts";
import type { Members } from "../../adding/amend/changes.ts";
import { byIssuer, catalogued, parametersOf, providerIn } from "../../adding/subject.ts";
import type { Subject } from "../../adding/subject.ts";
import type { Provider } from "../../providers/provider.ts";
import type { ParameterValues, ProviderParameter } from "../../providers/template.ts";
import { findEntry } from "../../providers/catalogue.ts";

/** What is known of the provider whose credential a form is for. */
export interface About {
  readonly mode: "new" | "edit";
  /** Whether the credential names it, describes it itself, or nothing is known of it. */
  readonly declared: "catalogued" | "inline" | "unknown";
  /** undefined: nothing is known of it. */
  readonly provider: Provider | undefined;
  readonly parameters: Readonly<Record<string, ProviderParameter>>;
  /** Of which it tells itself, where nobody has looked up what they mean. */
  readonly published: readonly string[];
}

/** A new credential's. */
export function aboutNew(subject: Subject, values: Members): About {
  const { found } = subject;
  return {
    mode: "new",
    declared: subject.entry === undefined ? "inline" : "catalogued",
    provider: providerIn(subject, parameterValues(values)),
    parameters: parametersOf(subject),
    published: found?.kind === "published" ? found.published.scopes : [],
  };
}

/** Of a credential that is there: what its file says, and its provider where the loader makes one of that. */
export function aboutOld(value: Members, provider: Provider | undefined): About {
  const { provider: declared } = value;
  const entry = typeof declared === "string" ? findEntry(declared) : undefined;
  if (entry !== undefined)
    return { ...aboutNew(catalogued(entry), membersIn(value, "provider_parameters")), mode: "edit" };
  const inline = membersIn(value, "provider");
  return {
    ...aboutNew(byIssuer(""), {}),
    mode: "edit",
    declared: isMembers(declared) ? "inline" : "unknown",
    provider,
    parameters: provider === undefined ? {} : (membersIn(inline, "parameters") as About["parameters"]),
  };
}

/** undefined: the file names a provider of the catalogue, or none. */
export function issuerIn(value: Members): string | undefined {
  const { issuer } = membersIn(value, "provider");
  return typeof issuer === "string" ? issuer : undefined;
}

/** Those that are texts. */
export function parameterValues(values: Members): ParameterValues {
  const texts = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(texts);
}

/** A member that is a map; an empty one where it is not. */
export function membersIn(value: Members, key: string): Members {
  const member = value[key];
  return isMembers(member) ? member : {};
}
