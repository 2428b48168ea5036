import { createHash } from "node:crypto";
import { zipSync } from "fflate";
import { SealringError } from "../../errors.ts";
import type { Artifact, GitHubState, Repository, Run } from "./model.ts";
import { fullName } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { nodeId, notFound, problem, timestamp } from "./operation.ts";
import { pageOf } from "./pages.ts";
import { reads } from "./permissions.ts";

const PATH = "/repos/:owner/:repo/actions";
const ARTIFACT = `${PATH}/artifacts/:artifact_id`;

/** Where downloads are. GitHub has them on a host of its own. */
export const DOWNLOADS = "/downloads";

const RETENTION_MILLISECONDS = 90 * 86_400_000;
const DOWNLOAD_MILLISECONDS = 60_000;
const KEY_BYTES = 16;

/** Makes a zip of files by path, and keeps it with the run. */
export function addArtifact(
  github: GitHubState,
  run: Run,
  uploaded: { readonly name: string; readonly files: Readonly<Record<string, string>>; readonly at: Date },
): Artifact {
  const { name, files, at } = uploaded;
  if (run.artifacts.some((each) => each.name === name)) {
    throw new SealringError("usage", `the run has an artifact ${name} already`);
  }
  const contents = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const);
  const expiresAt = new Date(at.getTime() + RETENTION_MILLISECONDS);
  const zip = zipSync(Object.fromEntries(contents), { mtime: at });
  const artifact = { id: github.newId(), name, zip, createdAt: at, expiresAt };
  run.artifacts.push(artifact);
  return artifact;
}

interface Shown {
  readonly run: Run;
  readonly artifact: Artifact;
}

function listOfRun(call: Call, repository: Repository): Answer {
  const run = repository.runs.get(Number(call.parameters["run_id"]));
  if (run === undefined) return notFound();
  const name = call.query.get("name");
  const wanted = run.artifacts.filter((artifact) => name === null || artifact.name === name);
  const ordered = call.query.get("direction") === "asc" ? wanted : wanted.toReversed();
  const { items, total, headers } = pageOf(call, ordered);
  const artifacts = items.map((artifact) => artifactView(call, repository, { run, artifact }));
  return { status: 200, headers, body: { total_count: total, artifacts } };
}

function findArtifact({ parameters }: Call, { runs }: Repository): Shown | undefined {
  for (const run of runs.values()) {
    const artifact = run.artifacts.find(({ id }) => String(id) === parameters["artifact_id"]);
    if (artifact !== undefined) return { run, artifact };
  }
  return undefined;
}

function getArtifact(call: Call, repository: Repository): Answer {
  const shown = findArtifact(call, repository);
  return shown === undefined ? notFound() : { status: 200, body: artifactView(call, repository, shown) };
}

/** Sends the client to an address that works for a minute. */
function downloadArtifact(call: Call, repository: Repository): Answer {
  const shown = findArtifact(call, repository);
  if (shown === undefined || call.parameters["archive_format"] !== "zip") return notFound();
  if (isExpired(call, shown.artifact)) return problem(410, "Artifact has expired");
  const key = Buffer.from(call.github.randomBytes(KEY_BYTES)).toString("hex");
  const path = `${DOWNLOADS}/${key}`;
  const until = new Date(call.now.getTime() + DOWNLOAD_MILLISECONDS);
  call.github.downloads.set(path, { zip: shown.artifact.zip, until });
  return { status: 302, headers: { location: storageUrl(call) + path } };
}

/** The same server by another name: clients leave the token behind when they go to another host. */
function storageUrl({ apiUrl }: Call): string {
  const url = new URL(apiUrl);
  url.hostname = url.hostname === "127.0.0.1" ? "localhost" : "127.0.0.1";
  return url.origin;
}

/** The storage behind a download: it opens by the address alone, and refuses whoever also brings a token. */
export function serveDownload(github: GitHubState, request: Request, now: Date): Response {
  if (request.headers.has("authorization")) return new Response(null, { status: 400 });
  const download = github.downloads.get(new URL(request.url).pathname);
  if (download === undefined || download.until <= now) return new Response(null, { status: 403 });
  return new Response(new Uint8Array(download.zip), { headers: { "content-type": "application/zip" } });
}

function isExpired({ now }: Call, { expiresAt }: Artifact): boolean {
  return expiresAt <= now;
}

function artifactView(call: Call, repository: Repository, { run, artifact }: Shown): object {
  const { id, name, zip, createdAt } = artifact;
  const url = `${call.apiUrl}/repos/${fullName(repository)}/actions/artifacts/${String(id)}`;
  return {
    id,
    node_id: nodeId("Artifact", id),
    name,
    size_in_bytes: zip.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: isExpired(call, artifact),
    created_at: timestamp(createdAt),
    updated_at: timestamp(createdAt),
    expires_at: timestamp(artifact.expiresAt),
    digest: `sha256:${createHash("sha256").update(zip).digest("hex")}`,
    workflow_run: {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: repository.id,
      head_branch: run.branch,
      head_sha: run.headSha,
    },
  };
}

const READ = { kind: "repository", method: "GET", permission: reads("actions") } as const;

/** What jobs have uploaded. Uploading is no part of the public API. */
export const ARTIFACTS: readonly Operation[] = [
  {
    ...READ,
    id: "actions/list-workflow-run-artifacts",
    path: `${PATH}/runs/:run_id/artifacts`,
    handle: listOfRun,
  },
  { ...READ, id: "actions/get-artifact", path: ARTIFACT, handle: getArtifact },
  { ...READ, id: "actions/download-artifact", path: `${ARTIFACT}/:archive_format`, handle: downloadArtifact },
];
