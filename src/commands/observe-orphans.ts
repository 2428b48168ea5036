import { loadDeclarations } from "../declaration/load.ts";
import type { Facts } from "../difference/facts.ts";
import { valueOf } from "../difference/facts.ts";
import { orphansOf } from "../difference/orphans.ts";
import { outputKey, outputsOf } from "../difference/wanted.ts";
import type { Wanted } from "../difference/wanted.ts";
import type { GitHub } from "../github.ts";
import type { Files } from "../ports.ts";
import { storeKeyOf } from "../stores/targets.ts";
import { readEach, readStores } from "./observe.ts";

/**
 * Where orphans are to go: what the default branch has ever declared of their credentials and, only for those that it
 * has, what is in their stores. So whoever writes the journal's branch cannot send an admin's token anywhere.
 */
export async function observeOrphans(github: GitHub, wanted: Wanted, facts: Facts): Promise<Facts> {
  if (wanted.orphans === "keep") return facts;
  const orphans = orphansOf(wanted, facts.journal);
  const declared = await readEach([...new Set(orphans.map(({ credential }) => credential))], (credential) =>
    everDeclared(github, wanted, credential),
  );
  const proved = orphans.filter(({ credential, target, secretName }) =>
    valueOf(declared.get(credential))?.has(outputKey(target, secretName)),
  );
  const unread = proved.map(({ target }) => target).filter((target) => !facts.stores.has(storeKeyOf(target)));
  const stores = new Map([...facts.stores, ...(await readStores(github, unread))]);
  return { ...facts, stores, orphans: { kind: "asked", declared } };
}

/** Every output, at every destination, of every version of a credential's file on the default branch. */
async function everDeclared(
  { past }: GitHub,
  { repository }: Wanted,
  credential: string,
): Promise<ReadonlySet<string>> {
  const paths = ["yaml", "yml"].map((ending) => `credentials/${credential}.${ending}`);
  const keys = new Set<string>();
  for (const path of paths) {
    for (const text of await past.versions(path)) {
      const { credentials } = loadDeclarations(onlyFile(path, text), {
        paths: [path],
        environment: { repository },
      });
      for (const output of outputsOf({ credentials })) keys.add(outputKey(output.target, output.secretName));
    }
  }
  return keys;
}

function onlyFile(path: string, text: string): Files {
  const bytes = new TextEncoder().encode(text);
  return {
    read: (asked) => (asked === path ? { kind: "bytes", bytes } : { kind: "missing" }),
    list: () => [],
  };
}
