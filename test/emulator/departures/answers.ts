import { USUAL } from "../manner.ts";
import type { Life } from "../life.ts";
import type { Departure } from "./departure.ts";
import { authorization, WELL } from "./departure.ts";

const DAY_SECONDS = 86_400;

/** What a refresh says of a grant that its person has ended. */
async function death(life: Life): Promise<unknown> {
  await life.authorize();
  life.emulator.books.end(life.output());
  return (await life.refresh())?.outcome;
}

/** Whether the token is refreshed on its sixth day, though it lasts for a month. */
async function onItsSixthDay(life: Life): Promise<unknown> {
  await life.authorize();
  life.clock.passSeconds(6 * DAY_SECONDS);
  return (await life.refresh({ when: "due" }))?.outcome;
}

function moved(member: string): Departure {
  return { server: { token_response: { members: { [member]: `/grant/the_${member}` } } } };
}

const DEAD = { sees: death, seen: "reauthorization_required" } as const;

const MEMBERS: Readonly<Record<string, Departure>> = {
  access_token: moved("access_token"),
  refresh_token: moved("refresh_token"),
  scope: moved("scope"),
  // Of a token that needs a key with each request there is nothing to keep.
  token_type: {
    ...moved("token_type"),
    manner: { ...USUAL, tokenType: "DPoP" },
    sees: authorization,
    seen: "provider_drift",
    unseen: "authorized",
  },
  // Its server says how long a token lasts, and its declaration does not.
  expires_in: {
    ...moved("expires_in"),
    told: ({ access_token_lifetime_seconds, ...declared }) => declared,
    untold: ({ access_token_lifetime_seconds, token_response, ...declared }) => declared,
  },
  expires_at: {
    ...moved("expires_at"),
    manner: { ...USUAL, expiry: "left_out" },
    told: ({ access_token_lifetime_seconds, ...declared }) => declared,
    untold: ({ access_token_lifetime_seconds, token_response, ...declared }) => declared,
  },
  refresh_token_expires_in: {
    server: {
      ...moved("refresh_token_expires_in").server,
      refresh_token_idle_seconds: 10 * DAY_SECONDS,
      access_token_lifetime_seconds: 30 * DAY_SECONDS,
    },
    told: ({ refresh_token_idle_seconds, ...declared }) => declared,
    untold: ({ refresh_token_idle_seconds, token_response, ...declared }) => declared,
    sees: onItsSixthDay,
    seen: "refreshed",
    unseen: "fresh",
  },
  id_token: {
    ...moved("id_token"),
    outputs: { LIFE_ID_TOKEN: "id_token" },
    sees: async (life) => {
      await life.authorize();
      return life.github.stores.values.get("LIFE_ID_TOKEN");
    },
    seen: "header.claims.signature",
    unseen: undefined,
  },
  error: { ...moved("error"), ...DEAD },
  error_description: {
    server: {
      token_response: { members: { error_description: "/fault/text" } },
      errors: [{ description_contains: "the grant is gone", means: "reauthorization_required" }],
    },
    ...DEAD,
  },
};

const ERRORS: Readonly<Record<string, Departure>> = {
  "errors.error": {
    server: { errors: [{ error: "gone", means: "reauthorization_required" }] },
    untold: ({ errors, ...declared }) => declared,
    ...DEAD,
  },
  "errors.status": {
    server: { errors: [{ status: 418, means: "reauthorization_required" }] },
    untold: ({ errors, ...declared }) => declared,
    ...DEAD,
  },
  "errors.description_contains": {
    server: { errors: [{ description_contains: "grant is gone", means: "reauthorization_required" }] },
    untold: ({ errors, ...declared }) => declared,
    ...DEAD,
  },
  "errors.body": {
    server: { errors: [{ status: 400, body: "empty", means: "reauthorization_required" }] },
    untold: ({ errors, ...declared }) => declared,
    ...DEAD,
    unseen: "ambiguous",
  },
  "errors.means": {
    server: { errors: [{ error: "invalid_grant", means: "transient" }] },
    untold: ({ errors, ...declared }) => declared,
    sees: death,
    seen: "transient",
    unseen: "reauthorization_required",
  },
};

const ENDS: Readonly<Record<string, Departure>> = {
  access_token_lifetime_seconds: { server: {}, manner: { ...USUAL, expiry: "left_out" } },
  access_token_is_jwt: { server: { access_token_is_jwt: true }, less: ["access_token_lifetime_seconds"] },
  access_token_expires: {
    server: { access_token_expires: false },
    sees: async (life) => {
      await life.authorize();
      life.clock.passSeconds(1_000 * DAY_SECONDS);
      return [(await life.refresh({ when: "due" }))?.outcome, life.allowed()];
    },
    seen: ["fresh", WELL.allowed],
    unseen: ["refreshed", WELL.allowed],
  },
};

/** How answers of the token endpoint are read. */
export const ANSWERS: Readonly<Record<string, Departure>> = {
  ...Object.fromEntries(
    Object.entries(MEMBERS).map(([name, departure]) => [`token_response.members.${name}`, departure]),
  ),
  // Why it failed is told to neither, so that both wait; but one knows that it did.
  "token_response.success": {
    server: {
      token_response: { members: { error: "/reason" }, success: { pointer: "/ok", equals: true } },
    },
    told: ({ token_response, ...declared }) => ({
      ...declared,
      token_response: { success: { pointer: "/ok", equals: true } },
    }),
    untold: ({ token_response, ...declared }) => declared,
    sees: async (life) => [await death(life), life.entry().error?.code],
    seen: ["ambiguous", "declared_failure"],
    unseen: ["ambiguous", "no_access_token"],
  },
  ...ERRORS,
  ...ENDS,
};
