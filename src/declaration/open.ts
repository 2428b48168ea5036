import type { FileOutcome, Files } from "../ports.ts";
import { composeTokens, parseTokens } from "./compose.ts";
import type { Fault, Finding, LocatedFinding } from "./fault.ts";
import { knownTokens } from "./literal-secret.ts";
import { toPlain } from "./plain.ts";
import type { Problem } from "./plain.ts";
import { schemaFindings } from "./schema.ts";
import type { Schema } from "./schema.ts";
import { simpleValue } from "./simple-yaml.ts";
import { MAX_FAULTS, Source } from "./source.ts";
import { decode } from "./text.ts";
import { visiblePath } from "./visible.ts";
import { syntaxProblems } from "./yaml-errors.ts";

const MAX_BYTES = 256 * 1024;

/** A file that was read and judged by its schema. */
export interface Opened {
  readonly source: Source;
  /** What it says; undefined when it could not be read as YAML, or departs too much to be judged further. */
  readonly value: unknown;
  /** Where it departs from its schema. */
  readonly departures: readonly LocatedFinding[];
  readonly faults: readonly Fault[];
}

/** Reads a declaration: bytes, text, YAML, schema. Every fault that can be told at once is. */
export function open(files: Files, path: string, schema: Schema): Opened {
  const outcome = files.read(path, MAX_BYTES);
  if (outcome.kind !== "bytes") return unread(path, UNREAD[outcome.kind]);
  const { text, problem } = decode(outcome.bytes);
  const source = new Source(path, text);
  if (problem !== undefined) {
    return unusable(source, [{ ...problem, range: [problem.offset, problem.offset + 1] }]);
  }
  const simple = simpleValue(text);
  if (simple !== undefined) return judge(source, { value: simple, problems: [], text, schema });
  const tokens = parseTokens(text);
  if (tokens === undefined) return unusable(source, [NESTED]);
  const composed = composeTokens(tokens, text.length);
  const syntax = syntaxProblems(composed, text);
  if (syntax.length > 0) return unusable(source, syntax);
  const { value, problems } = toPlain(composed.document.contents);
  if (problems.some(({ rule }) => rule !== "yaml-duplicate-key")) return unusable(source, problems);
  return judge(source, { value, problems, text, schema });
}

interface Read {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  readonly text: string;
  readonly schema: Schema;
}

function judge(source: Source, { value, problems, text, schema }: Read): Opened {
  const tokens = knownTokens(text).map((range): Problem => ({ ...LITERAL_TOKEN, range }));
  const departures = schemaFindings(schema, value);
  return {
    source,
    value: departures.length <= MAX_FAULTS ? value : undefined,
    departures,
    faults: [...faultsAt(source, [...problems, ...tokens]), ...source.locateAll(departures)],
  };
}

function unusable(source: Source, problems: readonly Problem[]): Opened {
  return { source, value: undefined, departures: [], faults: faultsAt(source, problems) };
}

function faultsAt(source: Source, problems: readonly Problem[]): readonly Fault[] {
  return problems.slice(0, MAX_FAULTS + 1).map((problem) => source.at(problem, problem.range));
}

function unread(path: string, finding: Finding): Opened {
  const fault = {
    ...finding,
    file: visiblePath(path),
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    frame: "",
  };
  return { source: new Source(path, ""), value: undefined, departures: [], faults: [fault] };
}

const UNREAD: Readonly<Record<Exclude<FileOutcome["kind"], "bytes">, Finding>> = {
  missing: {
    rule: "file-missing",
    message: "there is no such file",
    hint: "compare the path with the names in credentials/",
  },
  directory: {
    rule: "file-directory",
    message: "this is a directory",
    hint: "name the files in it, or none: sealring validate",
  },
  outside: {
    rule: "file-outside",
    message: "this is, or links to, something outside the repository",
    hint: "copy the file into the repository, or set the directory with -C",
  },
  too_large: {
    rule: "file-too-large",
    message: "this is larger than 256 KB",
    hint: "a declaration is a few lines: is it another kind of file?",
  },
  unreadable: {
    rule: "file-unreadable",
    message: "this cannot be read as a file",
    hint: "check its kind and its permissions with: ls -l",
  },
};

const NESTED: Problem = {
  rule: "yaml-depth",
  message: "this file is nested too deeply to be parsed",
  hint: "a declaration is nested three deep at most",
  range: [0, 1],
};

const LITERAL_TOKEN: Finding = {
  rule: "literal-secret",
  message: "this looks like a token or a private key",
  hint: "remove it; if it was committed, revoke it where it comes from, for git keeps it",
};
