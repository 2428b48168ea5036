import { SealringError } from "../../errors.ts";
import type { StorePlace } from "../../github.ts";
import { describeTarget } from "../../stores/targets.ts";
import type { Asked, Site } from "./faults.ts";

/** A store in the words of GitHub's API: the path of its secrets, and that path's parameters. */
export interface Place {
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Where a store's secrets are. Throws `usage` for a name that would lead to another path. */
export function placeOf(target: StorePlace): Place {
  const place = rawPlaceOf(target);
  // URLs drop these, encoded or not: an environment `..` would be the repository itself.
  if (Object.values(place.parameters).some((value) => /^\.{0,2}$/.test(value))) {
    throw new SealringError("usage", `${describeTarget(target)}: that name cannot be in an address`, {
      hint: "run: sealring validate",
    });
  }
  return place;
}

function rawPlaceOf(target: StorePlace): Place {
  switch (target.kind) {
    case "environment":
      return {
        path: "/repos/{owner}/{repo}/environments/{environment_name}/secrets",
        parameters: { ...repositoryParameters(target.repository), environment_name: target.environment },
      };
    case "repository":
      return {
        path: `/repos/{owner}/{repo}/${target.app}/secrets`,
        parameters: repositoryParameters(target.repository),
      };
    case "organization":
      return { path: `/orgs/{org}/${target.app}/secrets`, parameters: { org: target.organization } };
  }
}

/** `acme/credentials` as the two parameters of a path. */
export function repositoryParameters(repository: string): { readonly owner: string; readonly repo: string } {
  const [owner = "", repo = ""] = repository.split("/");
  return { owner, repo };
}

/** What to say of a store when GitHub does not give what was asked. */
export function askedOf(target: StorePlace, site: Site): Asked {
  const asked = { what: describeTarget(target), site };
  return target.kind === "environment" ? { ...asked, absent: absentEnvironment(target) } : asked;
}

function absentEnvironment(
  target: StorePlace & { readonly kind: "environment" },
): NonNullable<Asked["absent"]> {
  const name = encodeURIComponent(target.environment);
  return {
    message: "the environment may not exist yet",
    hint: `run: gh api -X PUT repos/${target.repository}/environments/${name}`,
  };
}
