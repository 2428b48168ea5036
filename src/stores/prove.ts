import { SealringError } from "../errors.ts";
import type { SecretStore, StoreRoom, StoreTarget } from "../github.ts";
import { Secret } from "../secret.ts";
import type { Sealer } from "./sealer.ts";
import { capacityOf, describeTarget } from "./targets.ts";

/** The secret that every run writes first; its value is no secret. */
export const CANARY_NAME = "SEALRING_CANARY";
const CANARY_VALUE = "sealring can write here";

/** Requests kept back for the journal, the retries and the outputs of a run. */
const SPARE_REQUESTS = 30;

export interface Proof {
  readonly target: StoreTarget;
  /** The secrets that this run may write there. */
  readonly names: readonly string[];
}

/**
 * Proves that a store takes writes before a refresh token is spent for one: its key is fetched, room and rate limit are
 * enough for these secrets, and a canary is written. Throws `store_refused`, `rate_limited` or `transient`.
 */
export async function proveStore(proof: Proof, stores: SecretStore, sealer: Sealer): Promise<void> {
  const room = await stores.room(proof.target);
  refuseFull(proof, room);
  refuseExhausted(proof, room);
  await sealer.sealAndPut(proof.target, CANARY_NAME, new Secret(CANARY_VALUE));
}

/** Only secrets that are not there yet take a place. GitHub keeps names in capitals. */
function refuseFull({ target, names }: Proof, room: StoreRoom): void {
  const present = new Set(room.secrets.map(({ name }) => name.toUpperCase()));
  const wanted = new Set([CANARY_NAME, ...names].map((name) => name.toUpperCase()));
  const missing = [...wanted].filter((name) => !present.has(name)).length;
  const capacity = capacityOf(target);
  if (present.size + missing <= capacity) return;
  const counts = `${String(present.size)} of ${String(capacity)} are taken, ${String(missing)} more are needed`;
  throw new SealringError("store_refused", `there is no room in ${describeTarget(target)}: ${counts}`, {
    hint: "delete secrets there that nobody reads, then run the command again",
  });
}

function refuseExhausted({ target, names }: Proof, { requestsLeft }: StoreRoom): void {
  const needed = names.length + SPARE_REQUESTS;
  if (requestsLeft === undefined || requestsLeft >= needed) return;
  const counts = `${String(requestsLeft)} requests are left this hour, ${String(needed)} may be needed`;
  throw new SealringError(
    "rate_limited",
    `GitHub's rate limit is nearly used up for ${describeTarget(target)}: ${counts}`,
    {
      hint: "nothing to do: the next scheduled run goes on",
    },
  );
}
