import { alsoUsedBy } from "../../commands/revoke.ts";
import { envelopeSecretName, envelopeStore } from "../../declaration/credential.ts";
import type { Credential } from "../../declaration/credential.ts";
import { outputKey, outputsOf } from "../../difference/wanted.ts";
import type { GitHub, StorePlace } from "../../github.ts";
import type { JournalEntry } from "../../journal/entry.ts";

/** A secret at GitHub that stays when its credential's file goes. */
export interface Left {
  /** `planned`: the plan that comes next tells how it is removed; `unplanned`: no plan does. */
  readonly kind: "planned" | "unplanned";
  readonly secretName: string;
  readonly target: StorePlace;
}

export interface Leaving {
  readonly name: string;
  /** undefined: its file has faults. */
  readonly credential: Credential | undefined;
  /** Of its envelope; null: the repository. */
  readonly environment: string | null;
  readonly repository: string;
  readonly others: readonly Credential[];
  readonly entry: JournalEntry | undefined;
  /** Of its outputs: where nothing is declared any more, there is no plan. */
  readonly outputsAre: Left["kind"];
}

/** What only this credential has at GitHub, now. @throws SealringError as `SecretStores` does. */
export async function leftOf(stores: GitHub["stores"], leaving: Leaving): Promise<readonly Left[]> {
  const own = await Promise.all(
    ownNames(leaving).map(async (secretName): Promise<readonly Left[]> => {
      const target = envelopeStore(leaving.environment, leaving.repository);
      const found = await stores.find(target, secretName);
      return found === undefined ? [] : [{ kind: "unplanned", secretName, target }];
    }),
  );
  return [...outputs(leaving), ...own.flat()];
}

/** What a file with faults calls its client secret is no name to ask GitHub for: it may be the secret itself. */
function ownNames({ name, credential, others }: Leaving): readonly string[] {
  const { secretName } = credential?.client ?? {};
  const isShared = credential !== undefined && alsoUsedBy(others, credential).length > 0;
  return [envelopeSecretName(name), ...(secretName === undefined || isShared ? [] : [secretName])];
}

function outputs({ entry, others, outputsAre }: Leaving): readonly Left[] {
  const declared = new Set(
    outputsOf({ credentials: others }).map(({ target, secretName }) => outputKey(target, secretName)),
  );
  return (entry?.published ?? [])
    .filter(({ target, secretName }) => !declared.has(outputKey(target, secretName)))
    .map(({ target, secretName }) => ({ kind: outputsAre, secretName, target }));
}
