import { fullName } from "../model.ts";
import type { Repository } from "../model.ts";
import type { Answer, Call, Operation } from "../operation.ts";
import { missingField, nodeId, notFound, problem, stringField } from "../operation.ts";
import { reads, writes } from "../permissions.ts";

const PATH = "/repos/:owner/:repo/git/blobs";
const LINE_LENGTH = 60;

function create(call: Call, repository: Repository): Answer {
  const content = stringField(call, "content");
  const encoding = stringField(call, "encoding") ?? "utf-8";
  if (content === undefined) return missingField("content");
  if (encoding !== "utf-8" && encoding !== "base64") return problem(422, "encoding must be utf-8 or base64.");
  const sha = repository.objects.write("blob", Buffer.from(content, encoding));
  const url = blobUrl(call, repository, sha);
  return { status: 201, headers: { location: url }, body: { sha, url } };
}

function get(call: Call, repository: Repository): Answer {
  const sha = call.parameters["file_sha"] ?? "";
  const bytes = repository.objects.read("blob", sha);
  if (bytes === undefined) return notFound();
  if (/\bvnd\.github(\.v3)?\.raw\b/.test(call.accept)) return { status: 200, body: bytes };
  const url = blobUrl(call, repository, sha);
  const content = wrapped(Buffer.from(bytes).toString("base64"));
  return {
    status: 200,
    body: { sha, node_id: nodeId("Blob", sha), size: bytes.length, url, content, encoding: "base64" },
  };
}

/** GitHub breaks base64 into lines of 60. */
export function wrapped(base64: string): string {
  return base64.replace(new RegExp(`.{1,${String(LINE_LENGTH)}}`, "g"), "$&\n");
}

function blobUrl(call: Call, repository: Repository, sha: string): string {
  return `${call.apiUrl}/repos/${fullName(repository)}/git/blobs/${sha}`;
}

export const BLOBS: readonly Operation[] = [
  {
    kind: "repository",
    id: "git/create-blob",
    method: "POST",
    path: PATH,
    permission: writes("contents"),
    handle: create,
  },
  {
    kind: "repository",
    id: "git/get-blob",
    method: "GET",
    path: `${PATH}/:file_sha`,
    permission: reads("contents"),
    handle: get,
  },
];
