import { posix } from "node:path";
import { blankOf } from "./blank.ts";
import type { Facts } from "./facts.ts";
import type { Item } from "./plan.ts";
import type { Wanted } from "./wanted.ts";

/** Whether GitHub still runs the workflows by their schedule. What it does not know yet is still to be pushed. */
export function scheduleItems({ files }: Wanted, { workflows }: Facts): readonly Item[] {
  return workflowNames(files).flatMap((workflowFile): readonly Item[] => {
    const found = workflows.get(workflowFile);
    if (found?.kind === "unknown") return [blankOf(`the workflow ${workflowFile}`, found)];
    switch (found?.value?.state) {
      case "disabled_inactivity":
        return [enable(workflowFile, "by GitHub, for 60 days without a commit")];
      case "disabled_manually":
        return [enable(workflowFile, "by hand")];
      case "active":
      case "other":
      case undefined:
        return [];
    }
  });
}

/** The names by which GitHub knows the workflow files. */
export function workflowNames(files: Wanted["files"]): readonly string[] {
  return files.filter(({ kind }) => kind === "workflow").map(({ path }) => posix.basename(path));
}

function enable(workflowFile: string, before: string): Item {
  return { kind: "enable", sign: "change", workflowFile, before };
}
