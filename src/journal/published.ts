import type { SecretApp, StorePlace } from "../github.ts";
import type { JournalEntry, Published } from "./entry.ts";
import { instant, like, oneOf, optional, record } from "./fields.ts";

const REPOSITORY = /^[A-Za-z0-9][\w-]{0,38}\/(?!\.{1,2}$)[\w.-]{1,100}$/;
const LOGIN = /^[A-Za-z0-9][\w-]{0,38}$/;
/** As the declaration's schema takes them. */
const ENVIRONMENT = /^(?! )[^\p{Cc}'"`,;\\]{1,255}(?<! )$/u;
const SECRET_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;
const APPS: readonly SecretApp[] = ["actions", "dependabot", "codespaces"];

/** Where an output is. */
export type OutputPlace = Pick<Published, "target" | "secretName">;

/** Notes what was written; of what else sealring wrote before, nothing is forgotten. */
export function recordPublished(
  { published }: JournalEntry,
  written: readonly Published[],
): readonly Published[] {
  const latest = new Map([...published, ...written].map((output) => [keyOf(output), output]));
  return [...latest.values()];
}

/** The record without what is gone. */
export function forgetPublished(
  { published }: JournalEntry,
  gone: readonly OutputPlace[],
): readonly Published[] {
  const keys = new Set(gone.map(keyOf));
  return published.filter((output) => !keys.has(keyOf(output)));
}

export function isPublished(entry: JournalEntry, place: OutputPlace): boolean {
  return lastWritten(entry, place) !== undefined;
}

/** When sealring last wrote it; undefined: it has not, or has removed it. */
export function lastWritten({ published }: JournalEntry, place: OutputPlace): Date | undefined {
  const key = keyOf(place);
  return published.find((output) => keyOf(output) === key)?.at;
}

/** GitHub compares all of these names without case. */
function keyOf({ target, secretName }: OutputPlace): string {
  return JSON.stringify([encodePlace(target), secretName]).toLowerCase();
}

/** An output in the words of a declaration's `destinations`. */
export function encodePublished({ target, secretName, at }: Published): object {
  return { ...encodePlace(target), secret: secretName, at };
}

function encodePlace(target: StorePlace): object {
  switch (target.kind) {
    case "environment":
      return { repository: target.repository, environment: target.environment };
    case "repository":
      return { repository: target.repository, app: target.app };
    case "organization":
      return { organization: target.organization, app: target.app };
  }
}

/** Reads what `encodePublished` wrote. @throws TypeError for anything else: whoever prunes acts on it. */
export function readPublished(value: unknown): Published {
  const file = record(value);
  return {
    target: readPlace(value),
    secretName: like(SECRET_NAME, file["secret"]),
    at: instant(file["at"]),
  };
}

function readPlace(value: unknown): StorePlace {
  const file = record(value);
  const organization = optional(file["organization"], (login) => like(LOGIN, login));
  if (organization !== undefined)
    return { kind: "organization", organization, app: oneOf(APPS, file["app"]) };
  const repository = like(REPOSITORY, file["repository"]);
  const environment = optional(file["environment"], (name) => like(ENVIRONMENT, name));
  return environment === undefined
    ? { kind: "repository", repository, app: oneOf(APPS, file["app"]) }
    : { kind: "environment", repository, environment };
}
