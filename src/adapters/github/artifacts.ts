import type { Artifacts } from "../../github.ts";
import type { Api } from "./api.ts";
import { createDownload, isGone } from "./downloads.ts";
import type { DownloadsOptions } from "./downloads.ts";
import { faultOf } from "./faults.ts";
import type { Asked, Site } from "./faults.ts";
import { booleanOf, dateOf, integerOf, textOf } from "./outcome.ts";
import { readList } from "./pages.ts";
import { repositoryParameters } from "./places.ts";
import { textsInZip } from "./unzip.ts";

const OF_RUN = "/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts";

/** How the names of the artifacts begin that the workflow's last step uploads. */
const NAME_PREFIX = "sealring-boxes";

/** Of one artifact: 48 KB of envelope, twice and in base64, for each of a hundred credentials. */
export const MAX_ARTIFACT_BYTES = 16 * 1024 * 1024;

/** Of artifacts of any name, of 100 each. */
const MAX_PAGES = 10;
/** Newest of a run, one an attempt. */
const MAX_ARTIFACTS = 10;

export interface ArtifactsOptions extends DownloadsOptions {
  readonly site: Site;
}

/** The `Artifacts` port. A run is listed each time: another of its jobs may have ended since. */
export function createArtifacts(api: Api, options: ArtifactsOptions): Artifacts {
  const download = createDownload(api, options);
  const { repository, site } = options;
  return {
    async boxes(runId, credential) {
      const asked = { what: `artifacts of workflow run ${runId} of ${repository}`, site };
      const parameters = { ...repositoryParameters(repository), run_id: runId };
      const found = await findArtifacts(api, parameters, asked);
      const zips = await Promise.all(found.map(({ id }) => download(id, asked)));
      return zips.flatMap((zip) => (zip === undefined ? [] : textsInZip(zip, `${credential}.box.json`)));
    },
  };
}

interface Found {
  readonly id: number;
  readonly createdAt: Date;
}

/** The newest artifacts with boxes, newest first; none where the run is gone. */
async function findArtifacts(
  api: Api,
  parameters: Readonly<Record<string, string>>,
  asked: Asked,
): Promise<readonly Found[]> {
  const list = { key: "artifacts", maxPages: MAX_PAGES };
  const listed = await readList(api, { route: `GET ${OF_RUN}`, parameters }, list);
  if (listed.kind === "refused" && isGone(listed.status)) return [];
  if (listed.kind !== "listed") throw faultOf(listed, asked);
  return listed.items
    .flatMap(withBoxes)
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    .slice(0, MAX_ARTIFACTS);
}

function withBoxes(item: unknown): Found[] {
  const id = integerOf(item, "id");
  const createdAt = dateOf(item, "created_at");
  const bytes = integerOf(item, "size_in_bytes") ?? Infinity;
  if (id === undefined || createdAt === undefined || bytes > MAX_ARTIFACT_BYTES) return [];
  const isOurs = textOf(item, "name")?.startsWith(NAME_PREFIX) === true;
  return isOurs && !booleanOf(item, "expired") ? [{ id, createdAt }] : [];
}
