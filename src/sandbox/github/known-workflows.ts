import { readCommit } from "./git/commits.ts";
import { findEntry, readTree } from "./git/trees.ts";
import { WORKFLOW_FOLDER } from "./git/workflow-files.ts";
import type { GitHubState, Repository, Workflow } from "./model.ts";
import type { WorkflowFile } from "./workflow-file.ts";
import { readWorkflowFile } from "./workflow-file.ts";

/** Files that were read, by their bytes: an object's never change. */
const READ = new WeakMap<Uint8Array, WorkflowFile>();

/** The default branch's newest commit: its workflow files by path, and when it was made. */
interface Head {
  readonly files: ReadonlyMap<string, WorkflowFile>;
  readonly at: Date;
}

const IDLE_MILLISECONDS = 60 * 86_400_000;

/**
 * The repository's workflows as they are now: those of the default branch, and those that were given by hand. A schedule of
 * a public repository ends after 60 days in which neither the default branch got a commit nor the workflow was enabled;
 * GitHub does not say what else would count.
 */
export function knownWorkflows(github: GitHubState, repository: Repository, now: Date): readonly Workflow[] {
  const commit = repository.refs.get(`refs/heads/${repository.defaultBranch}`) ?? "";
  const at = readCommit(repository.objects, commit)?.committer.at ?? repository.createdAt;
  const head = { files: workflowFiles(repository, commit), at };
  takeIn(github, repository, head);
  if (repository.visibility === "public") endIdleSchedules(repository, head, now);
  return repository.workflows;
}

/** A workflow by its id, or by its file's name. */
export function findWorkflow(workflows: readonly Workflow[], name: string): Workflow | undefined {
  return workflows.find(({ id, path }) => String(id) === name || path.endsWith(`/${name}`));
}

/** What a workflow's file says at a commit; undefined: the commit has no such file. */
export function workflowFileAt(
  repository: Repository,
  commit: string,
  path: string,
): WorkflowFile | undefined {
  return workflowFiles(repository, commit).get(path);
}

function workflowFiles({ objects }: Repository, commit: string): ReadonlyMap<string, WorkflowFile> {
  const tree = readCommit(objects, commit)?.tree;
  const folder = tree === undefined ? undefined : findEntry(objects, tree, WORKFLOW_FOLDER);
  const entries = folder === undefined ? [] : readTree(objects, folder.id);
  const files = entries.flatMap(({ name, id }) => {
    const bytes = /\.ya?ml$/.test(name) ? objects.read("blob", id) : undefined;
    return bytes === undefined ? [] : [[`${WORKFLOW_FOLDER}/${name}`, readOnce(bytes)] as const];
  });
  return new Map(files);
}

function readOnce(bytes: Uint8Array): WorkflowFile {
  const file = READ.get(bytes) ?? readWorkflowFile(Buffer.from(bytes).toString("utf8"));
  READ.set(bytes, file);
  return file;
}

/** Learns of new files, and forgets those that are gone. */
function takeIn(github: GitHubState, { workflows }: Repository, { files, at }: Head): void {
  const gone = workflows.filter(({ path, origin }) => origin === "file" && !files.has(path));
  for (const workflow of gone) workflows.splice(workflows.indexOf(workflow), 1);
  for (const [path, { name = path }] of files) {
    if (workflows.some((known) => known.path === path)) continue;
    workflows.push({ id: github.newId(), name, path, origin: "file", createdAt: at, state: "active" });
  }
}

function endIdleSchedules({ workflows }: Repository, { files, at }: Head, now: Date): void {
  for (const workflow of workflows) {
    const { createdAt, enabledAt = createdAt, state } = workflow;
    const since = Math.max(at.getTime(), enabledAt.getTime());
    const isIdle = now.getTime() - since >= IDLE_MILLISECONDS;
    if (isIdle && state === "active" && isScheduled(workflow, files.get(workflow.path)))
      workflow.state = "disabled_inactivity";
  }
}

/** One that was given by hand, without a file, is taken to have a schedule. */
function isScheduled({ origin }: Workflow, file: WorkflowFile | undefined): boolean {
  return file?.isScheduled ?? origin === undefined;
}
