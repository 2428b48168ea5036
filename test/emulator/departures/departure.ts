import { SealringError } from "../../../src/errors.ts";
import type { Declared } from "../declared.ts";
import { Life } from "../life.ts";
import type { Cast } from "../life.ts";
import { STANDARD } from "../standard.ts";

/** A way in which a server departs from the RFCs, and what becomes of a client that is told so, or is not. */
export interface Departure extends Omit<Cast, "declared" | "told"> {
  /** Beside, or in the place of, what STANDARD says. */
  readonly server: Declared;
  /** Of STANDARD, what is not so here. */
  readonly less?: readonly (keyof Declared)[];
  /** What the credential declares of the server; where not given, all. */
  readonly told?: (declared: Declared) => Declared;
  /** The same of the other client; where not given, all but the key. */
  readonly untold?: (declared: Declared) => Declared;
  /** What is looked at; where not given, a whole life. */
  readonly sees?: (life: Life) => Promise<unknown>;
  /** What is seen by the client that is told; where not given, that all went well. */
  readonly seen?: unknown;
  /** The same of the other; where not given, anything else. */
  readonly unseen?: unknown;
}

/** A life in which nothing went wrong. */
export const WELL = {
  allowed: ["read:daily", "write"],
  scope: ["read:daily", "write"],
  verified: true,
  knowsTheEnd: true,
  refreshed: "refreshed",
  revoked: "revoked",
  refusals: [],
};

/** Authorizes, refreshes, revokes. */
export async function wholeLife(life: Life): Promise<unknown> {
  const { books, arrivals } = life.emulator;
  try {
    await life.authorize();
    const refreshed = (await life.refresh())?.outcome;
    const { scope, expiresAt } = life.entry();
    const seen = { allowed: life.allowed(), scope, verified: arrivals.includes("verification"), refreshed };
    const knowsTheEnd = expiresAt?.getTime() === books.endOf(life.output())?.getTime();
    const revoked = await life.revoke();
    return {
      ...{ ...seen, knowsTheEnd, refusals: books.refusals },
      revoked: revoked?.outcome === "revoked" ? revoked.provider : revoked?.outcome,
    };
  } catch (error) {
    return { trouble: troubleOf(error), refusals: books.refusals };
  }
}

/** What an authorization comes to. */
export async function authorization(life: Life): Promise<unknown> {
  try {
    await life.authorize();
    return "authorized";
  } catch (error) {
    return troubleOf(error);
  }
}

function troubleOf(error: unknown): string {
  if (error instanceof SealringError) return error.code;
  return error instanceof Error && error.message.startsWith("[") ? "faulty" : String(error);
}

export async function seenBy(
  key: string,
  { server, less = [], told, untold, sees = wholeLife, ...cast }: Departure,
  client: "told" | "untold",
): Promise<unknown> {
  const whole = Object.entries({ ...STANDARD, ...server });
  const declared: Declared = Object.fromEntries(
    whole.filter(([name]) => !(less as readonly string[]).includes(name)),
  );
  const telling = client === "told" ? (told ?? ((all) => all)) : (untold ?? ((all) => without(all, key)));
  return sees(await Life.begin({ ...cast, declared, told: telling }));
}

/** A declaration without a key. An object that then is empty goes with it. */
export function without(declared: Declared, key: string): Declared {
  return dropped(declared as Readonly<Record<string, unknown>>, key.split(".")) ?? {};
}

function dropped(
  node: Readonly<Record<string, unknown>>,
  [name = "", ...rest]: readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  const { [name]: child, ...others } = node;
  const left =
    rest.length === 0 || typeof child !== "object" ? undefined : dropped(child as typeof node, rest);
  const next = left === undefined ? others : { ...others, [name]: left };
  return Object.keys(next).length === 0 ? undefined : next;
}
