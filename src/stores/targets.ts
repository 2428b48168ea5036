import type { StorePlace } from "../github.ts";

/** How many secrets a store holds (docs.github.com, "Using secrets in GitHub Actions", limits). */
export function capacityOf(target: StorePlace): number {
  return target.kind === "organization" ? 1000 : 100;
}

/** A store as a person reads it. */
export function describeTarget(target: StorePlace): string {
  switch (target.kind) {
    case "environment":
      return `environment ${target.environment} of ${target.repository}`;
    case "repository":
      return `${target.app} secrets of ${target.repository}`;
    case "organization":
      return `${target.app} secrets of organization ${target.organization}`;
  }
}

/** How the journal names an output that its destination has yet to take. */
export function unpublishedKey(target: StorePlace, secretName: string): string {
  return `${describeTarget(target)} ${secretName}`;
}

/** The same for two targets that are one store, with one public key: who may read a secret there is no part of it. */
export function storeKeyOf(target: StorePlace): string {
  return describeTarget(target).toLowerCase();
}
