import { isUnfit } from "../commands/health.ts";
import type { StatusResult } from "../commands/status.ts";
import { visible } from "../declaration/visible.ts";

/**
 * What a pipeline cannot go on without, as annotations of its run: a workflow command on each line (docs.github.com,
 * "Workflow commands").
 */
export function statusAnnotations(results: readonly StatusResult[]): string {
  return results
    .filter(({ health }) => isUnfit(health))
    .map(({ credential, health, hint }) => {
      const how = hint === undefined ? "" : `; ${hint}`;
      return `::error title=sealring::${escaped(`${credential}: ${health.replaceAll("_", " ")}${how}`)}\n`;
    })
    .join("");
}

/** One visible line, as the runner unescapes the data of a command. */
function escaped(text: string): string {
  return visible(text).replaceAll("%", "%25");
}
