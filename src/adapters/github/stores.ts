import type {
  SealedValue,
  SecretStore,
  StoredSecret,
  StoreKey,
  StorePlace,
  StoreRoom,
  StoreTarget,
} from "../../github.ts";
import type { Api, Call } from "./api.ts";
import { faultOf, unreadable } from "./faults.ts";
import type { Site } from "./faults.ts";
import { dateOf, integerOf, listOf, textOf } from "./outcome.ts";
import { askedOf, placeOf } from "./places.ts";
import { createVisibility } from "./visibility.ts";

const PAGE = 100;

/** The `SecretStore` port over GitHub's REST API. */
export function createStores(api: Api, site: Site): SecretStore {
  const visibility = createVisibility(api, site);
  return {
    publicKey: (target) => fetchKey(api, target, site),
    reserve: (target, name, followers) => api.reserveWrite(reservationOf(target, name), followers),
    async put(target, name, value) {
      const fields = { ...sealedFields(value), ...(await visibility.fieldsOf(target)) };
      const call = callOf("PUT", target, name);
      const outcome = await api.once({
        ...call,
        parameters: { ...call.parameters, ...fields },
        reservation: reservationOf(target, name),
      });
      if (outcome.kind === "answer") return outcome.status === 201 ? "created" : "updated";
      // GitHub says no more than 422 of a key that is not the current one; `putSealed` tells it from other faults.
      if (outcome.kind === "refused" && outcome.status === 422) return "stale_key";
      throw faultOf(outcome, askedOf(target, site));
    },
    async delete(target, name) {
      const outcome = await api.repeatable(callOf("DELETE", target, name));
      if (outcome.kind === "answer") return "deleted";
      if (outcome.kind === "refused" && outcome.status === 404) return "absent";
      throw faultOf(outcome, askedOf(target, site));
    },
    async find(target, name) {
      const outcome = await api.repeatable(callOf("GET", target, name));
      if (outcome.kind === "refused" && outcome.status === 404) return undefined;
      if (outcome.kind !== "answer") throw faultOf(outcome, askedOf(target, site));
      const [secret] = storedSecret(outcome.data);
      if (secret === undefined) throw unreadable(askedOf(target, site));
      return secret;
    },
    room: (target) => listSecrets(api, target, site),
  };
}

function callOf(method: "GET" | "PUT" | "DELETE", target: StorePlace, name: string): Call {
  const { path, parameters } = placeOf(target);
  return { route: `${method} ${path}/{secret_name}`, parameters: { ...parameters, secret_name: name } };
}

function reservationOf(target: StoreTarget, name: string): string {
  const { path, parameters } = placeOf(target);
  return JSON.stringify([path, parameters, name]);
}

function sealedFields(value: SealedValue): Readonly<Record<string, string>> {
  return { encrypted_value: value.ciphertext, key_id: value.keyId };
}

async function fetchKey(api: Api, target: StorePlace, site: Site): Promise<StoreKey> {
  const { path, parameters } = placeOf(target);
  const asked = askedOf(target, site);
  const outcome = await api.repeatable({ route: `GET ${path}/public-key`, parameters });
  if (outcome.kind !== "answer") throw faultOf(outcome, asked);
  const keyId = textOf(outcome.data, "key_id");
  const key = textOf(outcome.data, "key");
  if (keyId === undefined || key === undefined) throw unreadable(asked);
  return { keyId, key };
}

async function listSecrets(api: Api, target: StorePlace, site: Site): Promise<StoreRoom> {
  const { path, parameters } = placeOf(target);
  const secrets: StoredSecret[] = [];
  for (let page = 1; ; page += 1) {
    const outcome = await api.repeatable({
      route: `GET ${path}`,
      parameters: { ...parameters, per_page: PAGE, page },
    });
    if (outcome.kind !== "answer") throw faultOf(outcome, askedOf(target, site));
    const listed = listOf(outcome.data, "secrets");
    secrets.push(...listed.flatMap(storedSecret));
    // The count alone would loop for ever over a list that shrinks meanwhile.
    if (listed.length < PAGE || secrets.length >= (integerOf(outcome.data, "total_count") ?? 0)) {
      return { secrets, requestsLeft: api.requestsLeft() };
    }
  }
}

function storedSecret(item: unknown): StoredSecret[] {
  const name = textOf(item, "name");
  const updatedAt = dateOf(item, "updated_at");
  return name === undefined || updatedAt === undefined ? [] : [{ name, updatedAt }];
}
