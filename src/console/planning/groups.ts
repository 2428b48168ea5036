import type { Change } from "../../difference/plan.ts";

/** Changes that people think of together. */
export interface Group {
  readonly heading: string;
  readonly changes: readonly Change[];
}

type Place = "github" | "folder" | "removed";

const KINDS: Readonly<Record<Change["kind"], readonly [place: Place, heading: string]>> = {
  confine: ["github", "Environments, and who may read their secrets"],
  seal: ["github", "Secrets for the workflow"],
  publish: ["github", "Outputs, which pipelines read"],
  enable: ["github", "The schedule"],
  place_action: ["folder", "The action that the workflow runs"],
  write_file: ["folder", "Workflow files"],
  remove_file: ["folder", "Workflow files"],
  prune: ["removed", "Outputs that nothing declares any more"],
};

/** The changes of one place, grouped, in the order of the plan. */
export function groupsOf(changes: readonly Change[], place: Place): readonly Group[] {
  const groups = new Map<string, readonly Change[]>();
  for (const change of changes) {
    const [own, heading] = KINDS[change.kind];
    if (own === place) groups.set(heading, [...(groups.get(heading) ?? []), change]);
  }
  return [...groups].map(([heading, own]) => ({ heading, changes: own }));
}
