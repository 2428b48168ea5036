import { accountOf, accountView } from "./accounts.ts";
import type { Account, Issue, IssueComment, Repository } from "./model.ts";
import { fullName } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { missingField, nodeId, notFound, problem, stringField, timestamp } from "./operation.ts";
import { pageOf } from "./pages.ts";
import { reads, writes } from "./permissions.ts";

const PATH = "/repos/:owner/:repo/issues";
const ONE = `${PATH}/:issue_number`;
const COMMENTS = `${ONE}/comments`;
const GHOST: Account = { id: 10_137, login: "ghost", type: "User" };

function create(call: Call, repository: Repository): Answer {
  const title = stringField(call, "title");
  if (title === undefined) return missingField("title");
  const issue: Issue = {
    kind: "issue",
    ...{ id: call.github.newId(), number: repository.issues.length + 1 },
    ...{ author: authorOf(call), comments: [] },
    ...{ createdAt: call.now, updatedAt: call.now, closedAt: null, state: "open", stateReason: null },
    title,
    body: stringField(call, "body") ?? "",
    labels: names(call, "labels") ?? [],
    assignees: names(call, "assignees") ?? [],
  };
  repository.issues.push(issue);
  return { status: 201, body: issueView(call, repository, issue) };
}

function update(call: Call, { repository, issue }: Found): Answer {
  issue.title = stringField(call, "title") ?? issue.title;
  issue.body = stringField(call, "body") ?? issue.body;
  issue.labels = names(call, "labels") ?? issue.labels;
  issue.assignees = names(call, "assignees") ?? issue.assignees;
  const state = stringField(call, "state");
  if (state === "open" || state === "closed") {
    issue.state = state;
    issue.stateReason = stringField(call, "state_reason") ?? (state === "open" ? "reopened" : "completed");
    issue.closedAt = state === "open" ? null : call.now;
  }
  issue.updatedAt = call.now;
  return { status: 200, body: issueView(call, repository, issue) };
}

function list(call: Call, repository: Repository): Answer {
  const state = call.query.get("state") ?? "open";
  const creator = call.query.get("creator");
  const labels = (call.query.get("labels") ?? "").split(",").filter((label) => label !== "");
  const asked = repository.issues.filter(
    (issue) =>
      (repository.hasIssues || issue.kind === "pull_request") &&
      (state === "all" || issue.state === state) &&
      (creator === null || issue.author.login === creator) &&
      labels.every((label) => issue.labels.includes(label)),
  );
  const { items, headers } = pageOf(call, asked.toReversed());
  return { status: 200, headers, body: items.map((issue) => issueView(call, repository, issue)) };
}

function comment(call: Call, { repository, issue }: Found): Answer {
  const body = stringField(call, "body");
  if (body === undefined) return missingField("body");
  const made: IssueComment = { id: call.github.newId(), author: authorOf(call), body, createdAt: call.now };
  issue.comments.push(made);
  issue.updatedAt = call.now;
  return { status: 201, body: commentView(call, { repository, issue }, made) };
}

function listComments(call: Call, found: Found): Answer {
  const { items, headers } = pageOf(call, found.issue.comments);
  return { status: 200, headers, body: items.map((each) => commentView(call, found, each)) };
}

interface Found {
  readonly repository: Repository;
  readonly issue: Issue;
}

/** Nothing can be written, or read by its number, where the repository's issues are switched off. */
function whereEnabled(answer: (call: Call, repository: Repository) => Answer) {
  return (call: Call, repository: Repository): Answer =>
    repository.hasIssues ? answer(call, repository) : problem(410, "Issues are disabled for this repo");
}

function onIssue(answer: (call: Call, found: Found) => Answer) {
  return whereEnabled((call, repository) => {
    const issue = repository.issues.find(({ number }) => String(number) === call.parameters["issue_number"]);
    return issue === undefined ? notFound() : answer(call, { repository, issue });
  });
}

function authorOf(call: Call): Account {
  return call.credentials.kind === "token" ? accountOf(call.credentials.token) : GHOST;
}

/** A list of names, each given as such or as an object with a name. */
function names(call: Call, field: string): readonly string[] | undefined {
  const value = call.body[field];
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: string | { readonly name?: string }) =>
    typeof item === "string" ? item : (item.name ?? []),
  );
}

function issueView(call: Call, repository: Repository, issue: Issue): Record<string, unknown> {
  const url = issueUrl(call, repository, issue);
  const assignees = issue.assignees.map((login) => accountView(call.apiUrl, { ...GHOST, login }));
  return {
    id: issue.id,
    node_id: nodeId("Issue", issue.id),
    number: issue.number,
    ...{ title: issue.title, body: issue.body, state: issue.state, state_reason: issue.stateReason },
    user: accountView(call.apiUrl, issue.author),
    labels: issue.labels.map((name) => labelView(call, repository, name)),
    ...{ assignee: assignees[0] ?? null, assignees, milestone: null, locked: false },
    comments: issue.comments.length,
    created_at: timestamp(issue.createdAt),
    updated_at: timestamp(issue.updatedAt),
    closed_at: issue.closedAt === null ? null : timestamp(issue.closedAt),
    author_association: "MEMBER",
    ...(issue.kind === "pull_request" ? { pull_request: pullRequestView(call, repository, issue) } : {}),
    url,
    repository_url: `${call.apiUrl}/repos/${fullName(repository)}`,
    html_url: `https://github.com/${fullName(repository)}/issues/${String(issue.number)}`,
    ...{ labels_url: `${url}/labels{/name}`, comments_url: `${url}/comments`, events_url: `${url}/events` },
  };
}

function pullRequestView(call: Call, repository: Repository, { number }: Issue): Record<string, unknown> {
  const page = `https://github.com/${fullName(repository)}/pull/${String(number)}`;
  return {
    url: `${call.apiUrl}/repos/${fullName(repository)}/pulls/${String(number)}`,
    ...{ html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch` },
  };
}

function labelView(call: Call, repository: Repository, name: string): Record<string, unknown> {
  const url = `${call.apiUrl}/repos/${fullName(repository)}/labels/${encodeURIComponent(name)}`;
  const id = GHOST.id;
  return {
    id,
    node_id: nodeId("Label", name),
    url,
    name,
    color: "ededed",
    default: false,
    description: null,
  };
}

function commentView(call: Call, { repository, issue }: Found, made: IssueComment): Record<string, unknown> {
  const url = issueUrl(call, repository, issue);
  const page = `https://github.com/${fullName(repository)}/issues/${String(issue.number)}`;
  return {
    id: made.id,
    node_id: nodeId("IssueComment", made.id),
    body: made.body,
    user: accountView(call.apiUrl, made.author),
    created_at: timestamp(made.createdAt),
    updated_at: timestamp(made.createdAt),
    author_association: "MEMBER",
    issue_url: url,
    url: `${call.apiUrl}/repos/${fullName(repository)}/issues/comments/${String(made.id)}`,
    html_url: `${page}#issuecomment-${String(made.id)}`,
  };
}

function issueUrl(call: Call, repository: Repository, issue: Issue): string {
  return `${call.apiUrl}/repos/${fullName(repository)}/issues/${String(issue.number)}`;
}

const READ = { kind: "repository", method: "GET", permission: reads("issues") } as const;
const WRITE = { kind: "repository", permission: writes("issues") } as const;

export const ISSUES: readonly Operation[] = [
  { ...READ, id: "issues/list-for-repo", path: PATH, handle: list },
  { ...WRITE, id: "issues/create", method: "POST", path: PATH, handle: whereEnabled(create) },
  {
    ...READ,
    id: "issues/get",
    path: ONE,
    handle: onIssue((call, { repository, issue }) => ({
      status: 200,
      body: issueView(call, repository, issue),
    })),
  },
  { ...WRITE, id: "issues/update", method: "PATCH", path: ONE, handle: onIssue(update) },
  { ...READ, id: "issues/list-comments", path: COMMENTS, handle: onIssue(listComments) },
  { ...WRITE, id: "issues/create-comment", method: "POST", path: COMMENTS, handle: onIssue(comment) },
];
