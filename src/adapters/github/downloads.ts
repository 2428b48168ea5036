import { SealringError } from "../../errors.ts";
import type { HttpClient } from "../../ports.ts";
import type { Api } from "./api.ts";
import { faultOf, unreadable } from "./faults.ts";
import type { Asked } from "./faults.ts";
import { headerOf } from "./outcome.ts";
import type { Answer } from "./outcome.ts";
import { repositoryParameters } from "./places.ts";

const DOWNLOAD = "/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}";

export interface DownloadsOptions {
  /** owner/name. */
  readonly repository: string;
  /** Where GitHub keeps artifacts: it follows no redirect and sends no token. */
  readonly storage: HttpClient;
}

/**
 * The zip of an artifact; undefined where it is gone, or larger than the storage's client takes. Each is fetched once,
 * because an artifact never changes.
 */
export type Download = (artifactId: number, asked: Asked) => Promise<Uint8Array | undefined>;

/** Downloads of one process. They need the permission to read Actions, and throw as `faultOf` does. */
export function createDownload(api: Api, options: DownloadsOptions): Download {
  const fetched = new Map<number, ReturnType<Download>>();
  return (id, asked) => {
    const zip = fetched.get(id) ?? download({ api, ...options, id }, asked);
    fetched.set(id, zip);
    zip.catch(() => fetched.delete(id));
    return zip;
  };
}

/** Whether a status says that there is nothing to be had any more: expired or deleted. */
export function isGone(status: number): boolean {
  return status === 404 || status === 410;
}

async function download(
  { api, repository, storage, id }: DownloadsOptions & { readonly api: Api; readonly id: number },
  asked: Asked,
): Promise<Uint8Array | undefined> {
  const parameters = { ...repositoryParameters(repository), artifact_id: id, archive_format: "zip" };
  const outcome = await api.repeatable({ route: `GET ${DOWNLOAD}`, parameters, redirect: "manual" });
  if (outcome.kind === "refused" && isGone(outcome.status)) return undefined;
  if (outcome.kind !== "answer") throw faultOf(outcome, asked);
  return fetchFrom(storage, addressOf(outcome, asked), asked);
}

/** The API sends a client on with a 302; every other redirect is of a repository that was renamed. */
function addressOf(answer: Answer, asked: Asked): string {
  const { status } = answer;
  const location = headerOf(answer, "location");
  if (status === 302 && location !== undefined) return location;
  throw status > 300 && status !== 302 ? renamed(asked) : unreadable(asked);
}

function renamed({ what }: Asked): SealringError {
  return new SealringError("store_refused", `GitHub has the ${what} under another name by now`, {
    hint: "set repository in sealring.yaml to the name that it has now",
  });
}

async function fetchFrom(storage: HttpClient, url: string, asked: Asked): Promise<Uint8Array | undefined> {
  const outcome = await storage.send({ method: "GET", url, headers: {} });
  if (outcome.kind === "answer") {
    if (outcome.status === 200) return outcome.body;
    if (isGone(outcome.status)) return undefined;
    throw faultOf({ kind: "lost", code: `HTTP_${String(outcome.status)}` }, asked);
  }
  if (outcome.reason === "too_large") return undefined;
  throw faultOf({ kind: "lost", code: outcome.reason.toUpperCase() }, asked);
}
