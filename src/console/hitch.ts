import type { Declared } from "../commands/context.ts";
import type { StatusResult } from "../commands/status.ts";
import type { Credential } from "../declaration/credential.ts";
import { SealringError } from "../errors.ts";
import type { Hitch } from "../page/hitch.ts";
import { renewalOf } from "../protocol/renewal.ts";
import { isLoopbackHost } from "../secure-url.ts";
import { jobPlaces, placeIn } from "../workflow/generate.ts";
import type { JobPlace } from "../workflow/generate.ts";
import type { ConsolePorts } from "./console.ts";
import { workflowTrouble } from "./runs/workflow-state.ts";

/**
 * What keeps runs from renewing credentials, by their names, as far as git and GitHub tell. One that was renewed before
 * is not asked about: so hundreds cost a request for each workflow file at most, and mostly none.
 */
export async function hitchesOf(
  ports: ConsolePorts,
  declared: Declared,
  statuses: ReadonlyMap<string, StatusResult>,
): Promise<ReadonlyMap<string, Hitch>> {
  const untried = declared.credentials.filter((each) => isUntried(each, statuses.get(each.name)));
  if (untried.length === 0) return new Map();
  const places = jobPlaces(declared);
  const isKept = await committed(ports);
  const troubles = new Map<string, Promise<Hitch | undefined>>();
  const found = untried.map(async ({ name, file, environment }) => {
    if (!isKept(file) && !countsAsPushed(statuses.get(name)))
      return [[name, uncommitted(name, file)]] as const;
    const place = placeIn(places, environment);
    const asked = troubles.get(place.file) ?? missing(ports, declared, place);
    troubles.set(place.file, asked);
    const hitch = await asked;
    return hitch === undefined ? [] : ([[name, hitch]] as const);
  });
  return new Map((await Promise.all(found)).flat());
}

/** Whether it has tokens that runs are to renew, and none has yet. */
function isUntried(credential: Credential, status: StatusResult | undefined): boolean {
  if (status?.health !== "fresh" && status?.health !== "expired") return false;
  return status.entry?.refreshedAt === undefined && renewalOf(credential) === "unattended";
}

/** Whether a credential's file is in the branch that is checked out; taken for so where there is no checkout. */
async function committed({ git }: ConsolePorts): Promise<(file: string) => boolean> {
  const { kind } = await git.state([]);
  if (kind === "none") return () => true;
  const files = new Set(await git.committedIn(["credentials"]));
  return (file) => files.has(file);
}

/** In the sandbox the folder is what runs read. */
function countsAsPushed(status: StatusResult | undefined): boolean {
  return status !== undefined && isLoopbackHost(new URL(status.site.webUrl).hostname);
}

function uncommitted(name: string, file: string): Hitch {
  const words = `${file} is not committed yet, and runs know only what is on the default branch.`;
  return { words, way: { label: "Commit it", href: `/credentials/${name}/saved` } };
}

async function missing(ports: ConsolePorts, declared: Declared, place: JobPlace): Promise<Hitch | undefined> {
  try {
    const words = await workflowTrouble(ports, { declared, place });
    return words === undefined ? undefined : { words, way: { label: "Plan and apply", href: "/plan" } };
  } catch (error) {
    // A token that may not ask: then nobody knows.
    if (error instanceof SealringError) return undefined;
    throw error;
  }
}
