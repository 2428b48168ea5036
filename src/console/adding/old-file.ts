import { createHash } from "node:crypto";
import { isMembers } from "../../adding/amend/changes.ts";
import type { Members } from "../../adding/amend/changes.ts";
import { plainOf } from "../../adding/amend/plain.ts";
import { CREDENTIAL_NAME } from "../../declaration/credential.ts";
import type { ConsolePorts } from "../console.ts";
import type { Problem } from "../form/read.ts";
import type { Typed } from "../form/typed.ts";

/** A credential's file as it is. */
export interface OldText {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  /** undefined: the text is no YAML that a form could show. */
  readonly value: Members | undefined;
}

/** The input that tells which text a form was filled from. */
export const WAS = "file_was";

export function fingerprint({ text }: Pick<OldText, "text">): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What stands against writing a text over a file that somebody else has changed meanwhile. */
export function changedSince(old: OldText, typed: Typed): readonly Problem[] {
  return typed.one(WAS) === fingerprint(old) ? [] : [TAKES_BACK];
}

/** Where it is not known what the file said before. */
export const TAKES_BACK: Problem = {
  name: undefined,
  message: "the file has changed since this form was opened",
  hint: "saving takes back what was changed meanwhile: look at it below, and save again only if you want that",
};

const MAX_BYTES = 256 * 1024;

interface FilesOf {
  readonly ports: Pick<ConsolePorts, "files">;
}

/** Whether the file of this name can be edited and removed here: it can be read, and no link is on its way. */
export function isAmendable(console: FilesOf, name: string): boolean {
  const old = findOld(console, name);
  return old !== undefined && !console.ports.files.isLinked(old.path);
}

/** The file of a credential of this name; undefined where there is none that can be read. */
export function findOld({ ports: { files } }: FilesOf, name: string): OldText | undefined {
  if (!CREDENTIAL_NAME.test(name)) return undefined;
  for (const path of [`credentials/${name}.yaml`, `credentials/${name}.yml`]) {
    const outcome = files.read(path, MAX_BYTES);
    if (outcome.kind !== "bytes") continue;
    const text = new TextDecoder().decode(outcome.bytes);
    const value = plainOf(text);
    return { name, path, text, value: isMembers(value) ? value : undefined };
  }
  return undefined;
}
