import { describeTarget } from "../stores/targets.ts";
import type { StoreTarget } from "../github.ts";
import type { PermissionNeed, TokenPermission, TokenUse } from "../github-settings.ts";
import { environmentsOf } from "./subject.ts";
import type { Subject } from "./subject.ts";

/** A permission that something of the declarations needs. */
export interface Need extends PermissionNeed {
  readonly use: TokenUse;
  /** As in: it is needed `to write the journal`. */
  readonly purpose: string;
  /** What is amiss without it: everything, or one thing that can be done in another way. */
  readonly gravity: "failure" | "warning";
}

/** What the tokens must be allowed, by the declarations; each permission once for a place, with its first purpose. */
export function needsOf(subject: Subject): readonly Need[] {
  const { repository, credentials, where } = subject;
  const own = (permission: TokenPermission, level: Need["level"]) => ({
    ...{ permission, level },
    on: { repository },
  });
  const destinations = credentials.flatMap((credential) => credential.destinations);
  const needs: readonly Need[] = [
    ...environmentsOf(subject).map((name) => toHoldEnvelopes(repository, name)),
    ...destinations.map(toPublish),
    everyday(own("contents", "write"), "to write the journal"),
    everyday(own("issues", "write"), "to tell owners"),
    everyday(own("actions", "read"), "to ask whether a job has ended"),
    { ...everyday(own("actions", "write"), STARTING[where]), gravity: "warning" },
    ...(where === "laptop" ? toApply(own) : []),
  ];
  const byPlace = new Map(needs.toReversed().map((need) => [keyOf(need), need]));
  return [...byPlace.values()].toReversed();
}

function keyOf({ use, permission, level, on }: Need): string {
  return JSON.stringify([use, permission, level, on]).toLowerCase();
}

function everyday(need: PermissionNeed, purpose: string): Need {
  return { ...need, use: "journal", purpose, gravity: "failure" };
}

/** What starting and enabling workflows is for. */
const STARTING: Readonly<Record<Subject["where"], string>> = {
  job: "to keep the schedule of a quiet repository alive",
  laptop: "for sealring revoke, which starts the workflow, and for sealring apply",
};

/** What is done from a laptop, seldom, and by whoever may. */
function toApply(
  own: (permission: TokenPermission, level: Need["level"]) => PermissionNeed,
): readonly Need[] {
  const seldom = { use: "secrets", gravity: "warning" } as const;
  return [
    {
      ...own("administration", "write"),
      ...seldom,
      purpose: "for sealring apply, which confines environments",
    },
    {
      ...own("workflows", "write"),
      ...seldom,
      purpose: "to push what sealring apply writes, where git uses this token",
    },
  ];
}

function toHoldEnvelopes(repository: string, environment: string | null): Need {
  return {
    permission: environment === null ? "secrets" : "environments",
    ...{ level: "write", on: { repository }, use: "secrets", gravity: "failure" },
    purpose: environment === null ? "to keep envelopes" : `to keep envelopes in environment ${environment}`,
  };
}

function toPublish(target: StoreTarget): Need {
  return {
    permission: permissionFor(target),
    level: "write",
    on:
      target.kind === "organization"
        ? { organization: target.organization }
        : { repository: target.repository },
    ...{ use: "secrets", purpose: `to publish to ${describeTarget(target)}`, gravity: "failure" },
  };
}

function permissionFor(target: StoreTarget): TokenPermission {
  switch (target.kind) {
    case "environment":
      return "environments";
    case "repository":
      return (
        { actions: "secrets", dependabot: "dependabot_secrets", codespaces: "codespaces_secrets" } as const
      )[target.app];
    case "organization":
      return (
        {
          actions: "organization_secrets",
          dependabot: "organization_dependabot_secrets",
          codespaces: "organization_codespaces_secrets",
        } as const
      )[target.app];
  }
}
