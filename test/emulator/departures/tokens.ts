import type { Life } from "../life.ts";
import type { Departure } from "./departure.ts";

const DAY_SECONDS = 86_400;

/** What a refresh comes to whose answer is lost, and the one after it. */
async function lostAnswer(life: Life): Promise<unknown> {
  await life.authorize();
  life.emulator.lose("refresh", "after");
  const lost = (await life.refresh())?.outcome;
  return [lost, (await life.refresh())?.outcome];
}

/** What a second probe comes to while the access token works: the answer to the first was lost, too. */
async function probedTwice(life: Life): Promise<unknown> {
  await life.authorize();
  life.emulator.lose("refresh", "after");
  await life.refresh();
  life.emulator.lose("refresh", "before");
  const lost = (await life.refresh({ probe: "asked" }))?.outcome;
  return [lost, (await life.refresh({ probe: "asked" }))?.outcome];
}

/** What a refresh comes to where no answer comes for longer than a minute, and the one after it. */
async function lostForMinutes(life: Life): Promise<unknown> {
  await life.authorize();
  for (let count = 0; count < 10; count += 1) life.emulator.lose("refresh", "after");
  const lost = (await life.refresh())?.outcome;
  life.emulator.heal();
  life.clock.passSeconds(120);
  return [lost, (await life.refresh())?.outcome];
}

const MONTHLY = { access_token_lifetime_seconds: 30 * DAY_SECONDS };

/** How long refresh tokens live, and what using them does. */
export const TOKENS: Readonly<Record<string, Departure>> = {
  rotation: {
    server: { rotation: "none", ...MONTHLY },
    sees: lostAnswer,
    seen: ["refreshed", "refreshed"],
    unseen: ["ambiguous", "ambiguous"],
  },
  rotation_grace_seconds: {
    server: { rotation: "grace", rotation_grace_seconds: 60, ...MONTHLY },
    untold: (declared) => ({ ...declared, rotation_grace_seconds: DAY_SECONDS }),
    sees: lostForMinutes,
    seen: ["ambiguous", "ambiguous"],
    unseen: ["ambiguous", "reauthorization_required"],
  },
  reuse: {
    server: { reuse: "harmless", ...MONTHLY },
    sees: probedTwice,
    seen: ["ambiguous", "reauthorization_required"],
    unseen: ["ambiguous", "ambiguous"],
  },
  refresh_token_lifetime_seconds: {
    server: { refresh_token_lifetime_seconds: 30 * DAY_SECONDS },
    sees: async (life) => {
      await life.authorize();
      life.clock.passSeconds(25 * DAY_SECONDS);
      return (await life.refresh())?.warning?.kind;
    },
    seen: "dies_of_age",
    unseen: undefined,
  },
  refresh_token_idle_seconds: {
    server: { refresh_token_idle_seconds: 10 * DAY_SECONDS, ...MONTHLY },
    sees: async (life) => {
      await life.authorize();
      life.clock.passSeconds(6 * DAY_SECONDS);
      return (await life.refresh({ when: "due" }))?.outcome;
    },
    seen: "refreshed",
    unseen: "fresh",
  },
};
