import { createHash } from "node:crypto";
import { SealringError } from "../errors.ts";
import type { FileOutcome, Files, GitState, GitWork, Upstream } from "../ports.ts";
import { DirectoryFiles } from "./files.ts";
import { createGit } from "./git-process.ts";
import type { Env, Git } from "./git-process.ts";

const MAX_BYTES = 16 * 1_024 * 1_024;
const MOST_MESSAGE = 10_000;

/**
 * The `GitWork` port for a directory, which may be a folder of its checkout. Looking runs none of the checkout's settings;
 * committing runs hooks and signs, as the person's own `git commit` does there: they are that person's.
 */
export function createGitWork(directory: string, env: Env): GitWork {
  const checkout = { git: createGit(directory, env), files: new DirectoryFiles(directory) };
  return {
    state: (paths) => stateOf(checkout, paths),
    committedIn: async (folders) => {
      const inside = folders.map((folder) => `${folder}/`);
      return [...(await committedIds(checkout.git, inside)).keys()];
    },
    upstreamOf: (branch) => upstreamOf(checkout.git, branch),
    commit: (asked) => commit(checkout, asked),
  };
}

interface Checkout {
  readonly git: Git;
  readonly files: Files;
}

async function stateOf({ git, files }: Checkout, paths: readonly string[]): Promise<GitState> {
  const inside = await git.read(["rev-parse", "--is-inside-work-tree"]);
  if (inside.kind === "absent") return { kind: "none", lacks: "git", reason: "git is not installed" };
  if (inside.out.trim() !== "true")
    return { kind: "none", lacks: "checkout", reason: "there is no checkout that git would work in" };
  // Its short form is another where a tag has the same name.
  const ref = await git.read(["symbolic-ref", "--quiet", "HEAD"]);
  const branch = ref.kind === "ended" ? /^refs\/heads\/(.+)$/m.exec(ref.out)?.[1] : undefined;
  const committed = await committedIds(git, paths);
  const changed = paths.filter((path) => isChanged(files.read(path, MAX_BYTES), committed.get(path)));
  const absent = await leftOut(
    git,
    changed.filter((path) => files.read(path, 0).kind === "missing"),
  );
  return { kind: "checkout", branch, changed: changed.filter((path) => !absent.has(path)) };
}

/** Those that a sparse checkout does without: nobody has removed them. */
async function leftOut(git: Git, missing: readonly string[]): Promise<ReadonlySet<string>> {
  if (missing.length === 0) return new Set();
  const listed = await git.read(["ls-files", "-t", "-z", "--", ...missing]);
  const lines = listed.kind === "ended" ? listed.out.split("\0") : [];
  return new Set(lines.filter((line) => line.startsWith("S ")).map((line) => line.slice(2)));
}

/** Of a name that a shell would read otherwise no command is made: whoever packed the checkout chose it. */
const PLAIN_REMOTE = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/;

/** An upstream of another name is none: a plain `git push` refuses it. */
async function upstreamOf(git: Git, branch: string): Promise<Upstream> {
  const ref = `refs/heads/${branch}`;
  const [own, listed] = await Promise.all([
    git.read(["for-each-ref", "--format=%(upstream:remoteref)", ref]),
    git.read(["remote"]),
  ]);
  if (own.kind === "ended" && own.out.trim() === ref) return { kind: "set" };
  const remotes =
    listed.kind === "ended" ? listed.out.split("\n").filter((name) => PLAIN_REMOTE.test(name)) : [];
  const remote = remotes.find((name) => name === "origin") ?? remotes[0];
  return remote === undefined ? { kind: "no_remote" } : { kind: "unset", remote };
}

/** The ids of what HEAD has at these paths; none where there is no commit yet. */
async function committedIds(git: Git, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const listed = await git.read(["ls-tree", "-z", "HEAD", "--", ...paths]);
  if (listed.kind === "absent") return new Map();
  const lines = listed.out.split("\0").filter((line) => /^[0-9]+ blob /.test(line));
  return new Map(lines.map((line) => [line.replace(/^[^\t]*\t/, ""), line.split(/[ \t]/)[2] ?? ""]));
}

/**
 * Compared here, because git would run a filter that the checkout names. So a file with one shows as changed, and one with
 * other line ends does not.
 */
function isChanged(now: FileOutcome, committed: string | undefined): boolean {
  if (now.kind === "missing") return committed !== undefined;
  if (now.kind !== "bytes" || committed === undefined) return true;
  const unix = Buffer.from(Buffer.from(now.bytes).toString("latin1").replaceAll("\r\n", "\n"), "latin1");
  return ![now.bytes, unix].some((bytes) => blobId(bytes, committed.length) === committed);
}

const SHA1_DIGITS = 40;

/** As `git hash-object --no-filters` has it. */
function blobId(bytes: Uint8Array, digits: number): string {
  const hash = createHash(digits === SHA1_DIGITS ? "sha1" : "sha256");
  return hash
    .update(`blob ${String(bytes.length)}\0`)
    .update(bytes)
    .digest("hex");
}

type Asked = Parameters<GitWork["commit"]>[0];

async function commit(checkout: Checkout, { paths, message, branch }: Asked): Promise<string> {
  const { git, files } = checkout;
  if (!isMessage(message)) throw new SealringError("usage", "a commit needs a message of some words");
  const state = await stateOf(checkout, paths);
  if (state.kind === "none")
    throw new SealringError("usage", state.reason, { hint: "run in the repository's directory: git init" });
  const { changed } = state;
  if (changed.length === 0)
    throw new SealringError("usage", "there is nothing to commit: the branch has these files as they are");
  await needIdentity(git);
  if (branch !== undefined && branch !== state.branch) await switchTo(git, branch);
  const present = changed.filter((path) => files.read(path, MAX_BYTES).kind !== "missing");
  // git commits by their names only files that it knows.
  if (present.length > 0) await step(git, ["add", "--", ...present]);
  const only = ["--only", "--", ...changed];
  await step(git, ["commit", "--quiet", `--message=${message}`, ...only], `git commit ${only.join(" ")}`);
  const id = await git.read(["rev-parse", "--short", "HEAD"]);
  return id.kind === "ended" ? id.out.trim() : "";
}

/** A branch is made before git asks who commits. */
async function needIdentity(git: Git): Promise<void> {
  for (const who of ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"]) {
    const known = await git.read(["var", who]);
    if (known.kind === "ended" && known.exit === 0) continue;
    throw new SealringError("usage", "git does not know who commits", {
      hint: 'run once: git config --global user.name "Your Name"; git config --global user.email you@example.com',
    });
  }
}

function isMessage(message: string): boolean {
  return message.trim() !== "" && message.length <= MOST_MESSAGE && !message.includes("\0");
}

async function switchTo(git: Git, branch: string): Promise<void> {
  const named = JSON.stringify(branch);
  // `@{-1}` and the like are names of other branches.
  const asked = /\p{Cc}/u.test(branch) ? undefined : await git.read(["check-ref-format", "--branch", branch]);
  if (asked?.kind !== "ended" || asked.exit !== 0 || asked.out.trim() !== branch)
    throw new SealringError("usage", `git takes no branch by the name of ${named}`, {
      hint: "letters, digits, - and / make a name",
    });
  const known = await git.read(["show-ref", "--verify", "--quiet", `refs/heads/${branch}`]);
  if (known.kind === "ended" && known.exit === 0)
    throw new SealringError("usage", `there is a branch ${named} already`, {
      hint: "choose another name, or commit on the current branch",
    });
  await step(git, ["switch", "--quiet", "--create", branch]);
}

/** What git says is not passed on: it may quote an address with a token in it. */
async function step(git: Git, args: readonly string[], shown = `git ${args.join(" ")}`): Promise<void> {
  const end = await git.write(args);
  if (end.kind === "ended" && end.exit === 0) return;
  const how = end.kind === "absent" || end.exit === undefined ? "did not end" : `exit ${String(end.exit)}`;
  throw new SealringError("usage", `git ${args[0] ?? ""} failed (${how})`, {
    hint: `a hook, a signature or git itself refused; to see why, run in the repository's directory: ${shown}`,
  });
}
