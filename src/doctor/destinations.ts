import type { StoreTarget } from "../github.ts";
import { describeTarget, storeKeyOf } from "../stores/targets.ts";
import type { Check } from "./finding.ts";
import type { Subject } from "./subject.ts";

/** One check for each store that outputs are published to: that it is there, and gives the key to write with. */
export function destinationChecks({ credentials, github }: Subject): readonly Check[] {
  const about = "destination";
  const targets = credentials.flatMap(({ destinations }) => destinations);
  const byKey = new Map<string, StoreTarget>(targets.map((target) => [storeKeyOf(target), target]));
  return [...byKey.values()].map((target) => ({
    about,
    run: async () => {
      await github.stores.publicKey(target);
      return [{ kind: "ok", about, found: `${describeTarget(target)}: can be sealed for` }];
    },
  }));
}
