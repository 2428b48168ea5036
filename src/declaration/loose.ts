import type { ClientAuthMethod, Grant } from "../providers/provider.ts";
import type { ProviderDeclaration } from "../providers/generated/provider.ts";
import type { OutputField } from "./credential.ts";
import type { LocatedFinding, Path } from "./fault.ts";
import type { DestinationDeclaration } from "./generated/credential.ts";
import type { ProjectDeclaration } from "./generated/project.ts";

/** A credential's file, of which only what departs from the schema is left out: so that the rules judge the rest. */
export interface LooseCredential {
  readonly name?: string;
  readonly description?: string;
  readonly owner?: string;
  readonly provider?: string | ProviderDeclaration;
  readonly provider_parameters?: Readonly<Record<string, string | undefined>>;
  readonly grant?: Grant;
  readonly client?: {
    readonly id?: string;
    readonly secret?: string;
    readonly token_endpoint_auth_method?: ClientAuthMethod;
  };
  readonly scopes?: readonly (string | undefined)[];
  readonly redirect_uri?: string;
  readonly outputs?: Readonly<Record<string, OutputField | undefined>>;
  readonly destinations?: readonly (DestinationDeclaration | undefined)[];
  readonly environment?: string;
  readonly refresh?: { readonly margin?: string };
}

/** The same of `sealring.yaml`. */
export type LooseProject = Partial<ProjectDeclaration>;

/** A credential's value without what departs from its schema. */
export function looseCredential(value: unknown, departures: readonly LocatedFinding[]): LooseCredential {
  return without(value, departures, 2) as LooseCredential;
}

/** A project's value without the top-level keys that depart from its schema. */
export function looseProject(value: unknown, departures: readonly LocatedFinding[]): LooseProject {
  return without(value, departures, 1) as LooseProject;
}

type Members = Readonly<Record<string, unknown>>;

/** A departure deeper than `depth` takes what holds it along; a provider goes as a whole. */
function without(value: unknown, departures: readonly LocatedFinding[], depth: number): unknown {
  if (typeof value !== "object" || value === null) return {};
  let kept = value as Members;
  for (const { rule, path } of departures) {
    if (rule === "missing-key" || path.length === 0) continue;
    kept = omit(kept, path.slice(0, path[0] === "provider" ? 1 : depth));
  }
  return kept;
}

function omit(members: Members, [key, ...rest]: Path): Members {
  const name = String(key);
  const member = members[name];
  if (rest.length === 0 || typeof member !== "object" || member === null)
    return { ...members, [name]: undefined };
  if (Array.isArray(member)) return { ...members, [name]: member.with(Number(rest[0]), undefined) };
  return { ...members, [name]: omit(member as Members, rest) };
}
