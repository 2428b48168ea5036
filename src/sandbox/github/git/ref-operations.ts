import { fullName } from "../model.ts";
import type { Repository } from "../model.ts";
import type { Answer, Call, Operation } from "../operation.ts";
import { missingField, nodeId, notFound, problem, stringField } from "../operation.ts";
import { reads, writes } from "../permissions.ts";
import { isAncestor } from "./commits.ts";
import { refusedWorkflows } from "./workflow-files.ts";

const PATH = "/repos/:owner/:repo/git";
const WHOLE_REF = /^refs\/[^/]+\/.+$/;

function create(call: Call, { repository }: NamedRef): Answer {
  const ref = stringField(call, "ref");
  const sha = stringField(call, "sha");
  if (ref === undefined) return missingField("ref");
  if (sha === undefined) return missingField("sha");
  if (!WHOLE_REF.test(ref)) return problem(422, `${ref} is not a valid ref name.`);
  if (repository.refs.has(ref)) return problem(422, "Reference already exists");
  if (repository.objects.typeOf(sha) === undefined) return problem(422, "Object does not exist");
  if (ref.startsWith("refs/heads/") && repository.objects.typeOf(sha) !== "commit") {
    return problem(422, "Reference update failed");
  }
  const refusal = refusedWorkflows(call, repository, sha);
  if (refusal !== undefined) return refusal;
  repository.refs.set(ref, sha);
  const body = refView(call, repository, ref);
  return { status: 201, headers: { location: refUrl(call, repository, ref) }, body };
}

/** Without `force`, only a descendant of the present commit is taken: a compare-and-swap. */
function update(call: Call, { repository, ref }: NamedRef): Answer {
  const sha = stringField(call, "sha");
  const present = repository.refs.get(ref);
  if (sha === undefined) return missingField("sha");
  if (present === undefined) return problem(422, "Reference does not exist");
  if (repository.objects.typeOf(sha) !== "commit") return problem(422, "Object does not exist");
  if (call.body["force"] !== true && !isAncestor(repository.objects, present, sha)) {
    return problem(422, "Update is not a fast forward");
  }
  const refusal = refusedWorkflows(call, repository, sha);
  if (refusal !== undefined) return refusal;
  repository.refs.set(ref, sha);
  return { status: 200, body: refView(call, repository, ref) };
}

function remove(_call: Call, { repository, ref }: NamedRef): Answer {
  return repository.refs.delete(ref) ? { status: 204 } : problem(422, "Reference does not exist");
}

function get(call: Call, { repository, ref }: NamedRef): Answer {
  return repository.refs.has(ref) ? { status: 200, body: refView(call, repository, ref) } : notFound();
}

function listMatching(call: Call, { repository, ref }: NamedRef): Answer {
  const names = [...repository.refs.keys()].filter((name) => name.startsWith(ref)).toSorted();
  return { status: 200, body: names.map((name) => refView(call, repository, name)) };
}

interface NamedRef {
  readonly repository: Repository;
  /** The whole name: `refs/heads/main`. */
  readonly ref: string;
}

function refView(call: Call, repository: Repository, ref: string): Record<string, unknown> {
  const sha = repository.refs.get(ref) ?? "";
  const type = repository.objects.typeOf(sha) ?? "commit";
  return {
    ref,
    node_id: nodeId("Ref", ref),
    url: refUrl(call, repository, ref),
    object: { sha, type, url: `${call.apiUrl}/repos/${fullName(repository)}/git/${type}s/${sha}` },
  };
}

function refUrl(call: Call, repository: Repository, ref: string): string {
  return `${call.apiUrl}/repos/${fullName(repository)}/git/${ref}`;
}

/** A repository without commits answers 409 to all of these. */
function onRef(answer: (call: Call, named: NamedRef) => Answer) {
  return (call: Call, repository: Repository): Answer => {
    if (repository.refs.size === 0) return problem(409, "Git Repository is empty.");
    return answer(call, { repository, ref: `refs/${call.parameters["ref"] ?? ""}` });
  };
}

const WRITES_REFS = "contents=write; contents=write,workflows=write";

export const REFS: readonly Operation[] = [
  {
    kind: "repository",
    id: "git/get-ref",
    method: "GET",
    path: `${PATH}/ref/:ref{.+}`,
    permission: reads("contents"),
    handle: onRef(get),
  },
  {
    kind: "repository",
    id: "git/list-matching-refs",
    method: "GET",
    path: `${PATH}/matching-refs/:ref{.+}`,
    permission: reads("contents"),
    handle: onRef(listMatching),
  },
  {
    kind: "repository",
    id: "git/create-ref",
    method: "POST",
    path: `${PATH}/refs`,
    permission: writes("contents"),
    accepts: WRITES_REFS,
    handle: onRef(create),
  },
  {
    kind: "repository",
    id: "git/update-ref",
    method: "PATCH",
    path: `${PATH}/refs/:ref{.+}`,
    permission: writes("contents"),
    accepts: WRITES_REFS,
    handle: onRef(update),
  },
  {
    kind: "repository",
    id: "git/delete-ref",
    method: "DELETE",
    path: `${PATH}/refs/:ref{.+}`,
    permission: writes("contents"),
    handle: onRef(remove),
  },
];
