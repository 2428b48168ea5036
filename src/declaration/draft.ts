import { parseDurationSeconds } from "../duration.ts";
import { findEntry, findProvider, providerOf } from "../providers/catalogue.ts";
import { providerFromDeclaration } from "../providers/model.ts";
import type { Provider } from "../providers/provider.ts";
import { expand } from "../providers/template.ts";
import type { Credential, Project } from "./credential.ts";
import type { Fault } from "./fault.ts";
import { looseCredential } from "./loose.ts";
import type { LooseCredential } from "./loose.ts";
import type { Opened } from "./open.ts";
import { credentialFindings } from "./rules/credential.ts";
import { parameterFindings, valuesOf } from "./rules/parameters.ts";
import type { Source } from "./source.ts";
import { destinationsOf } from "./targets.ts";
import type { Destination } from "./targets.ts";

/** A credential's file on its way to a credential: as much of it as is well formed. */
export interface Draft {
  readonly source: Source;
  readonly loose: LooseCredential;
  readonly provider: Provider | undefined;
  readonly destinations: readonly Destination[];
  /** Where its envelope lives; null: repository secrets. */
  readonly environment: string | null;
  readonly faults: readonly Fault[];
}

/** Judges a file by itself. A file that is no YAML gives a draft with nothing in it but its faults. */
export function draftOf(opened: Opened, project: Project): Draft {
  const { source, value, departures } = opened;
  const { environment } = project;
  if (value === undefined) {
    return { source, loose: {}, provider: undefined, destinations: [], environment, faults: opened.faults };
  }
  const loose = looseCredential(value, departures);
  const provider = resolveProvider(loose);
  const found = credentialFindings({ loose, provider, stem: stemOf(source.file) });
  const faults = [...opened.faults, ...source.locateAll(found)];
  const destinations = destinationsOf(loose, project.repository);
  return { source, loose, provider, destinations, environment: loose.environment ?? environment, faults };
}

/** undefined: unknown, or with parameters that have no value, or a wrong one. */
function resolveProvider(loose: LooseCredential): Provider | undefined {
  const { provider: declared } = loose;
  if (declared === undefined || parameterFindings(loose).length > 0) return undefined;
  const values = valuesOf(loose);
  if (typeof declared === "object") return providerFromDeclaration(expand(declared, values));
  if (Object.keys(values).length === 0) return findProvider(declared);
  const entry = findEntry(declared);
  return entry === undefined ? undefined : providerOf(entry, values);
}

function stemOf(file: string): string {
  const extension = [".yaml", ".yml"].find((ending) => file.endsWith(ending)) ?? "";
  return file.slice(file.lastIndexOf("/") + 1, file.length - extension.length);
}

/** The credential of a draft without faults; undefined when something that it needs is not there. */
export function credentialOf(draft: Draft): Credential | undefined {
  const { loose, provider } = draft;
  const { name, grant, client } = loose;
  if (name === undefined || grant === undefined || client?.id === undefined || provider === undefined)
    return undefined;
  const { scopes = [], outputs = {} } = loose;
  return {
    name,
    description: loose.description,
    owner: loose.owner,
    provider,
    grant,
    client: { id: client.id, secretName: client.secret, authMethod: client.token_endpoint_auth_method },
    scopes: scopes.filter((scope) => scope !== undefined),
    redirectUri: loose.redirect_uri,
    outputs: Object.entries(outputs).flatMap(([secretName, field]) =>
      field === undefined ? [] : [{ secretName, field }],
    ),
    destinations: draft.destinations.map(({ target }) => target),
    environment: draft.environment,
    marginSeconds: parseDurationSeconds(loose.refresh?.margin ?? ""),
    file: draft.source.file,
  };
}
