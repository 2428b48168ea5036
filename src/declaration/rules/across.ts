import { envelopeSecretName } from "../credential.ts";
import type { Project } from "../credential.ts";
import type { Draft } from "../draft.ts";
import type { Fault, LocatedFinding } from "../fault.ts";
import { storeKey } from "../targets.ts";
import { originFindings } from "./client-secret.ts";
import { quote } from "../quote.ts";
import { Stores } from "./stores.ts";

/** What is wrong with credentials beside each other. The later one, in the order of files, has the fault. */
export function faultsAcross(drafts: readonly Draft[], project: Project): readonly Fault[] {
  const stores = new Stores(project);
  for (const draft of drafts) stores.reserve(draft.environment, ownSecrets(draft));
  return [
    ...duplicateNames(drafts),
    ...originFindings(drafts).map(({ draft, ...finding }) => draft.source.locate(finding)),
    ...drafts.flatMap((draft) =>
      draft.source.locateAll([...duplicateDestinations(draft), ...collisions(draft, stores)]),
    ),
  ];
}

/** The secrets that a credential keeps in the store of envelopes. */
function ownSecrets({ loose }: Draft): readonly string[] {
  const secret = loose.client?.secret;
  return [
    ...(loose.name === undefined ? [] : [envelopeSecretName(loose.name)]),
    ...(secret === undefined ? [] : [secret]),
  ];
}

function duplicateNames(drafts: readonly Draft[]): readonly Fault[] {
  const files = new Map<string, string>();
  return drafts.flatMap(({ source, loose: { name } }) => {
    if (name === undefined) return [];
    const first = files.get(name);
    files.set(name, first ?? source.file);
    if (first === undefined) return [];
    const message = `${quote(name)} is declared in ${first} already`;
    const hint = "rename one of the two, file and name";
    return [source.locate({ rule: "duplicate-credential", message, hint, path: ["name"], part: "value" })];
  });
}

function duplicateDestinations({ destinations }: Draft): readonly LocatedFinding[] {
  if (destinations.length < 2) return [];
  const seen = new Set<string>();
  return destinations.flatMap(({ target, index }): readonly LocatedFinding[] => {
    const key = storeKey(target);
    if (index === undefined || !seen.has(key)) {
      seen.add(key);
      return [];
    }
    const finding = { message: "this store is among the destinations already", hint: "keep one of the two" };
    return [{ rule: "duplicate-destination", ...finding, path: ["destinations", index], part: "value" }];
  });
}

function collisions({ source, loose, destinations }: Draft, stores: Stores): readonly LocatedFinding[] {
  const targets = new Map(destinations.map(({ target }) => [storeKey(target), target]));
  return Object.keys(loose.outputs ?? {}).flatMap((output): readonly LocatedFinding[] => {
    const found = [...targets.values()].map((target) => stores.write(target, { output, file: source.file }));
    // One fault for an output: the same in a second store says nothing new.
    const first = found.find((finding) => finding !== undefined);
    return first === undefined ? [] : [{ ...first, path: ["outputs", output], part: "key" }];
  });
}
