import { describe, expect, it, test } from "vitest";
import { ANSWERS } from "./departures/answers.ts";
import { seenBy, WELL, wholeLife } from "./departures/departure.ts";
import type { Departure } from "./departures/departure.ts";
import { ENDPOINTS } from "./departures/endpoints.ts";
import { keysOfSchema } from "./departures/keys.ts";
import { REQUESTS } from "./departures/requests.ts";
import { RESOURCES } from "./departures/resources.ts";
import { TOKENS } from "./departures/tokens.ts";
import type { Declared } from "./declared.ts";
import { Life } from "./life.ts";
import type { Cast } from "./life.ts";
import { USUAL } from "./manner.ts";
import type { Manner } from "./manner.ts";
import { STANDARD } from "./standard.ts";

const DEPARTURES: Readonly<Record<string, Departure>> = {
  ...ENDPOINTS,
  ...REQUESTS,
  ...ANSWERS,
  ...TOKENS,
  ...RESOURCES,
};

test("every key that a client acts upon has a server that departs so", () => {
  expect(Object.keys(DEPARTURES).toSorted()).toEqual([...keysOfSchema()].toSorted());
});

describe("a client that is told lives, and one that is not comes to grief:", () => {
  it.each(Object.entries(DEPARTURES))("%s", async (key, departure) => {
    expect(await seenBy(key, departure, "told")).toEqual("seen" in departure ? departure.seen : WELL);
    const unseen = await seenBy(key, departure, "untold");
    if ("unseen" in departure) expect(unseen).toEqual(departure.unseen);
    else expect(unseen).not.toEqual("seen" in departure ? departure.seen : WELL);
  });
});

test("a client that is wrongly told that nothing rotates burns the grant", async () => {
  const told = (declared: Declared) => ({ ...declared, rotation: "none" }) as const;
  const life = await lifeAt({ told });
  await life.authorize();
  life.emulator.lose("refresh", "after");
  expect((await life.refresh())?.outcome).toBe("reauthorization_required");
  expect(life.emulator.books.renewals.at(-1)).toMatchObject({ standing: "spent" });
});

/** What no declaration says, because every client has to take it. */
const MANNERS: readonly [string, Partial<Manner>][] = [
  ["token answers are forms", { answers: "form_unless_asked" }],
  ["there is no token_type", { tokenType: undefined }],
  ["the token_type is a name of its own", { tokenType: "User Access Token" }],
  ["scopes are a list", { scope: "list" }],
  ["an unchanged refresh token is repeated", { unchangedRefreshToken: "repeated" }],
  ["lifetimes are texts", { expiry: "told_as_text" }],
  ["errors come with status 200", { errorStatus: 200 }],
];

describe("nothing has to be declared where", () => {
  it.each(MANNERS)("%s", async (_what, manner) => {
    expect(await wholeLife(await lifeAt({ manner: { ...USUAL, ...manner } }))).toEqual(WELL);
  });

  it("a device answer has no interval", async () => {
    const cast = { manner: { ...USUAL, interval: "left_out" }, grant: "device_code" } as const;
    expect(await wholeLife(await lifeAt(cast))).toEqual(WELL);
  });

  it("an error with status 200 says that the grant is dead", async () => {
    const life = await lifeAt({ manner: { ...USUAL, errorStatus: 200 } });
    await life.authorize();
    life.emulator.books.end(life.output());
    expect((await life.refresh())?.outcome).toBe("reauthorization_required");
  });

  it.each(["exact", "exact_localhost", "exact_ip_literal", "any_port", "any_port_ip_literal", "https_only"])(
    "the redirect rule is %s",
    async (rule) => {
      const declared = { ...STANDARD, loopback_redirect: rule };
      expect(await wholeLife(await lifeAt({ declared }))).toEqual(WELL);
    },
  );
});

function lifeAt(cast: Partial<Cast>): Promise<Life> {
  return Life.begin({ declared: STANDARD, ...cast });
}
