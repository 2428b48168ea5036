import type { ObjectDatabase } from "./objects.ts";

/** Who wrote something, and when. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly at: Date;
}

export interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

const PERSON = /^(.*) <(.*)> (\d+) \+0000$/;
const MILLISECONDS = 1_000;

/** Writes a commit object and returns its id. */
export function writeCommit(objects: ObjectDatabase, commit: Commit): string {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${writePerson(commit.author)}`,
    `committer ${writePerson(commit.committer)}`,
    "",
    commit.message,
  ];
  return objects.write("commit", Buffer.from(lines.join("\n")));
}

export function readCommit(objects: ObjectDatabase, id: string): Commit | undefined {
  const bytes = objects.read("commit", id);
  if (bytes === undefined) return undefined;
  const text = Buffer.from(bytes).toString("utf8");
  const head = text.slice(0, text.indexOf("\n\n")).split("\n");
  const valuesOf = (key: string): string[] =>
    head.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
  return {
    tree: valuesOf("tree").join(""),
    parents: valuesOf("parent"),
    author: readPerson(valuesOf("author").join("")),
    committer: readPerson(valuesOf("committer").join("")),
    message: text.slice(text.indexOf("\n\n") + 2),
  };
}

/** Whether `ancestor` is `commit` or comes before it: the test of a fast-forward. */
export function isAncestor(objects: ObjectDatabase, ancestor: string, commit: string): boolean {
  const seen = new Set([commit]);
  // A set that grows while it is walked is walked to its end.
  for (const id of seen) {
    if (id === ancestor) return true;
    for (const parent of readCommit(objects, id)?.parents ?? []) seen.add(parent);
  }
  return false;
}

function writePerson({ name, email, at }: Signature): string {
  return `${name} <${email}> ${String(Math.floor(at.getTime() / MILLISECONDS))} +0000`;
}

function readPerson(line: string): Signature {
  const [, name = "", email = "", seconds = "0"] = PERSON.exec(line) ?? [];
  return { name, email, at: new Date(Number(seconds) * MILLISECONDS) };
}
