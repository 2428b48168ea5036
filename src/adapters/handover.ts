import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openUnder, sealUnder } from "../envelope/handover.ts";
import { SealringError } from "../errors.ts";
import type { Handover, RandomBytes } from "../ports.ts";
import type { Secret } from "../secret.ts";

export interface HandoverOptions {
  /** Ends with the job. */
  readonly directory: string;
  /** Which all steps of the job have. */
  readonly secret: Secret;
  readonly random: RandomBytes;
}

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

/** The `Handover` port: a sealed file for each name. */
export function directoryHandover({ directory, secret, random }: HandoverOptions): Handover {
  const pathOf = (name: string) => join(directory, `${name}.json`);
  return {
    async leave(name, value) {
      const sealed = sealUnder({ secret, name }, value, random);
      await mkdir(directory, { recursive: true, mode: OWNER_ONLY_FOLDER });
      await writeFile(pathOf(name), `${JSON.stringify({ version: 1, sealed })}\n`, { mode: OWNER_ONLY_FILE });
    },
    async take(name) {
      const text = await readFile(pathOf(name), "utf8").catch(() => undefined);
      if (text === undefined) return undefined;
      const value = openUnder({ secret, name }, sealedIn(text));
      if (value !== undefined) return value;
      throw new SealringError("usage", `what an earlier step of this job left for ${name} does not open`, {
        hint: "give both steps the same GitHub token",
      });
    },
    async discard(name) {
      await rm(pathOf(name), { force: true });
    },
  };
}

function sealedIn(text: string): string {
  try {
    const { sealed } = JSON.parse(text) as { readonly sealed?: unknown };
    return typeof sealed === "string" ? sealed : "";
  } catch {
    return "";
  }
}
