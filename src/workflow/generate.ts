import { Buffer } from "node:buffer";
import { head } from "./head.ts";
import type { Head } from "./head.ts";
import { isOnGitHubCom, jobLines, jobOf } from "./job.ts";
import type { Job } from "./job.ts";
import { isDevice, jobSources } from "./source.ts";
import type { Declared } from "./source.ts";
import { spread } from "./spread.ts";
import { indented } from "./yaml.ts";

export const WORKFLOW_FOLDER = ".github/workflows";

export interface GeneratedFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
  /** Those whose credentials have their jobs here; null: repository secrets. */
  readonly environments: readonly (string | null)[];
}

/** GitHub takes 500 KB a file; some is left for the head. Of its 256 jobs a workflow so many bytes hold fewer. */
const MOST_BYTES = 450_000;

/**
 * The workflow, as one file or, where it would be too large for GitHub, as several. The same for the same declarations,
 * in whatever order they come; none where there is no credential.
 */
export function generateWorkflows(declared: Declared): readonly GeneratedFile[] {
  const files = filesOf(declared);
  // Where runs cannot queue, one that waits would be pushed out by the next.
  const turns = files.length > 1 && isOnGitHubCom(declared.project.apiUrl) ? "taken" : "none";
  return files.map((jobs, index) => ({
    path: `${WORKFLOW_FOLDER}/${fileName(index)}`,
    text: textOf(declared, jobs, { index, turns }),
    environments: jobs.map(({ environment }) => environment),
  }));
}

/** Where an environment's job is. */
export interface JobPlace {
  /** The workflow file's name, as GitHub's API takes it. */
  readonly file: string;
  /** When it starts: cron, in UTC. */
  readonly schedule: string;
}

export type JobPlaces = ReadonlyMap<string | null, JobPlace>;

/** The place of the job of an environment that a declared credential is in. */
export function placeIn(places: JobPlaces, environment: string | null): JobPlace {
  const place = places.get(environment);
  if (place === undefined) throw new Error(`environment ${String(environment)} has no job`);
  return place;
}

/** The place of each environment's job. */
export function jobPlaces(declared: Declared): JobPlaces {
  const places = filesOf(declared).map((jobs, index) => ({
    jobs,
    place: { file: fileName(index), schedule: spread(declared.project.schedule, index) },
  }));
  return new Map(places.flatMap(({ jobs, place }) => jobs.map(({ environment }) => [environment, place])));
}

function fileName(index: number): string {
  return index === 0 ? "sealring.yml" : `sealring-${String(index + 1)}.yml`;
}

function textOf(
  { project, repository, credentials }: Declared,
  jobs: readonly Job[],
  { index, turns }: { readonly index: number } & Pick<Head, "turns">,
): string {
  const lines = head(repository, {
    name: index === 0 ? "sealring" : `sealring ${String(index + 1)}`,
    schedule: spread(project.schedule, index),
    device: credentials.some(isDevice) ? "offered" : "absent",
    turns,
  });
  const parts = jobs.map((job, position) => indented(jobLines(job, jobs[position - 1]), 2).join("\n"));
  return `${lines.join("\n")}\n${parts.join("\n\n")}\n`;
}

/** Jobs in their order, as many to a file as it takes. */
function filesOf(declared: Declared): readonly (readonly Job[])[] {
  const files: Job[][] = [];
  let bytesLeft = 0;
  for (const job of jobSources(declared).map(jobOf)) {
    const bytes = Buffer.byteLength(indented(jobLines(job, job), 2).join("\n"));
    const last = files.at(-1);
    if (last === undefined || bytes > bytesLeft) {
      files.push([job]);
      bytesLeft = MOST_BYTES - bytes;
    } else {
      last.push(job);
      bytesLeft -= bytes;
    }
  }
  return files;
}
