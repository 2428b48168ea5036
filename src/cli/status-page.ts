import type { StatusReport } from "../commands/status.ts";
import { statusPageHtml } from "../page/status-page.tsx";
import { tileOf } from "../page/tile.ts";

/** What a status came to as a page of its own; undefined where the declarations kept it from being asked. */
export async function statusPageOf(
  { declared, results }: StatusReport,
  at: Date,
): Promise<string | undefined> {
  if (declared === undefined) return undefined;
  const statuses = new Map(results.map((status) => [status.credential, status]));
  const tiles = declared.credentials
    .filter(({ name }) => statuses.has(name))
    .map((credential) => tileOf(credential, statuses.get(credential.name), at));
  return statusPageHtml({ repository: declared.repository, tiles, at });
}
