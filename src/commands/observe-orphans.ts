import { loadDeclarations } from "../declaration/load.ts";
import type { Facts } from "../difference/facts.ts";
import { valueOf } from "../difference/facts.ts";
import { orphansOf } from "../difference/orphans.ts";
import { outputKey, outputsOf } from "../difference/wanted.ts";
import type { Wanted } from "../difference/wanted.ts";
import { SealringError } from "../errors.ts";
import type { GitHub } from "../github.ts";
import type { Files } from "../ports.ts";
import { storeKeyOf } from "../stores/targets.ts";
import { find, readEach, readStores } from "./observe.ts";

/**
 * Where orphans are to go: what the default branch has ever declared of their credentials and, only for those that it
 * has, what is in their stores. So whoever writes the journal's branch cannot send an admin's token anywhere.
 */
export async function observeOrphans(github: GitHub, wanted: Wanted, facts: Facts): Promise<Facts> {
  if (wanted.orphans === "keep") return facts;
  const orphans = orphansOf(wanted, facts.journal);
  if (orphans.length === 0) return facts;
  const pushed = await find(() => nowDeclared(github, wanted));
  const declared = await readEach([...new Set(orphans.map(({ credential }) => credential))], (credential) =>
    everDeclared(github, wanted, credential),
  );
  const proved = orphans.filter(({ credential, target, secretName }) =>
    valueOf(declared.get(credential))?.has(outputKey(target, secretName)),
  );
  const unread = proved.map(({ target }) => target).filter((target) => !facts.stores.has(storeKeyOf(target)));
  const stores = new Map([...facts.stores, ...(await readStores(github, unread))]);
  return { ...facts, stores, orphans: { kind: "asked", declared, pushed } };
}

/** Every output of every file on the default branch. What cannot be understood may declare anything. */
async function nowDeclared({ past }: GitHub, wanted: Wanted): Promise<ReadonlySet<string>> {
  const files = [...(await past.newest("credentials"))].filter(([path]) =>
    /^[^/]+\/[^/]+\.ya?ml$/u.test(path),
  );
  const outputs = files.flatMap(([path, text]) => {
    const found = outputsIn(path, text, wanted);
    if (found.length > 0) return found;
    throw new SealringError("faulty_declaration", `${path} is none that this version understands`, {
      hint: "repair it there, or install the version of sealring that it is for",
    });
  });
  return new Set(outputs);
}

/** Every output, at every destination, of every version of a credential's file on the default branch. */
async function everDeclared(
  { past }: GitHub,
  wanted: Wanted,
  credential: string,
): Promise<ReadonlySet<string>> {
  const paths = ["yaml", "yml"].map((ending) => `credentials/${credential}.${ending}`);
  const keys = new Set<string>();
  for (const path of paths) {
    for (const text of await past.versions(path))
      for (const key of outputsIn(path, text, wanted)) keys.add(key);
  }
  return keys;
}

/** By `outputKey`; none where the file is faulty. */
function outputsIn(path: string, text: string, { repository }: Wanted): readonly string[] {
  const request = { paths: [path], environment: { repository } };
  const { credentials } = loadDeclarations(onlyFile(path, text), request);
  return outputsOf({ credentials }).map(({ target, secretName }) => outputKey(target, secretName));
}

function onlyFile(path: string, text: string): Files {
  const bytes = new TextEncoder().encode(text);
  return {
    read: (asked) => (asked === path ? { kind: "bytes", bytes } : { kind: "missing" }),
    list: () => [],
    isLinked: () => false,
  };
}
