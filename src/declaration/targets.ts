import type { StoreTarget } from "../github.ts";
import type { DestinationDeclaration } from "./generated/credential.ts";
import type { LooseCredential } from "./loose.ts";

/** A store that outputs go to, and its place in `destinations`; undefined: it is the default. */
export interface Destination {
  readonly target: StoreTarget;
  readonly index: number | undefined;
}

/** Stands for the project's repository where neither file nor environment names it: it is one store, whatever its name. */
export const THIS_REPOSITORY = "this repository";

/** The stores that a credential's outputs go to: by default the Actions secrets of the project's repository. */
export function destinationsOf(
  loose: LooseCredential,
  repository: string | undefined,
): readonly Destination[] {
  if (!("destinations" in loose)) {
    const target = { kind: "repository", repository: repository ?? THIS_REPOSITORY, app: "actions" } as const;
    return [{ target, index: undefined }];
  }
  return (loose.destinations ?? []).flatMap((declared, index): readonly Destination[] => {
    const target = declared === undefined ? undefined : targetOf(declared);
    return target === undefined ? [] : [{ target, index }];
  });
}

/** The schema sees to it that one of the two is there, and that the rest goes with it. */
function targetOf(declared: DestinationDeclaration): StoreTarget | undefined {
  const { repository, environment, organization, app = "actions" } = declared;
  if (organization !== undefined) {
    const { visibility = "private", repositories = [] } = declared;
    return { kind: "organization", organization, app, visibility, repositories };
  }
  if (repository === undefined) return undefined;
  return environment === undefined
    ? { kind: "repository", repository, app }
    : { kind: "environment", repository, environment };
}

/** The same for two targets that are one store. GitHub compares all of these names without case. */
export function storeKey(target: StoreTarget): string {
  return storeName(target).toLowerCase();
}

/** A store as people call it. */
export function storeName(target: StoreTarget): string {
  switch (target.kind) {
    case "environment":
      return `${target.repository} environment ${target.environment}`;
    case "repository":
      return target.app === "actions" ? target.repository : `${target.repository} ${target.app}`;
    case "organization":
      return target.app === "actions" ? target.organization : `${target.organization} ${target.app}`;
  }
}

/** How many secrets a store takes (docs.github.com, "Secrets reference", limits for secrets). */
export function storeLimit(target: StoreTarget): number {
  return target.kind === "organization" ? 1_000 : 100;
}
