import type { Provider } from "./providers/provider.ts";

const DAY_MILLISECONDS = 86_400_000;

/** A refresh token that ends soon: of its age, whatever is done with it, or because nobody uses it. */
export interface Warning {
  readonly kind: "dies_of_age" | "dies_of_idleness";
  /** When it ends; in the past where that was missed. */
  readonly at: Date;
}

/** What is known of how long a refresh token lives. */
export interface RefreshTokenLife {
  readonly provider: Pick<Provider, "refreshTokenLifetimeSeconds" | "refreshTokenIdleSeconds">;
  /** When a person authorized it; undefined: not known. */
  readonly authorizedAt: Date | undefined;
  /** When it, or the one before it, was used last. */
  readonly lastUsedAt: Date;
  /** What the last answer said; undefined: nothing. */
  readonly refreshExpiresAt: Date | undefined;
}

/**
 * The nearest end that is near. Of age: in the last third of the lifetime, at most a fortnight, because a person has to
 * find the time. Of idleness: when the room that scheduled refreshes leave is half gone, so that something is wrong.
 */
export function warningOf(life: RefreshTokenLife, now: Date): Warning | undefined {
  const near = [warningOfAge(life, now), warningOfIdleness(life, now)].filter(
    (warning) => warning !== undefined,
  );
  return near.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
}

/** From when on it is to be used, so that it does not die idle: half of its idle limit before, at most a week. */
export function useFrom(life: RefreshTokenLife): Date | undefined {
  const at = endOfIdleness(life);
  return at === undefined ? undefined : before(at, roomMilliseconds(life, at));
}

function warningOfAge(life: RefreshTokenLife, now: Date): Warning | undefined {
  const at = endOfAge(life);
  if (at === undefined || life.authorizedAt === undefined) return undefined;
  const third = (at.getTime() - life.authorizedAt.getTime()) / 3;
  return now >= before(at, Math.min(third, 14 * DAY_MILLISECONDS)) ? { kind: "dies_of_age", at } : undefined;
}

function warningOfIdleness(life: RefreshTokenLife, now: Date): Warning | undefined {
  const at = endOfIdleness(life);
  if (at === undefined) return undefined;
  return now >= before(at, roomMilliseconds(life, at) / 2) ? { kind: "dies_of_idleness", at } : undefined;
}

function roomMilliseconds({ lastUsedAt }: RefreshTokenLife, at: Date): number {
  return Math.min((at.getTime() - lastUsedAt.getTime()) / 2, 7 * DAY_MILLISECONDS);
}

/** Only where the provider declares an age: one answer does not tell an end that stays from one that every use moves. */
function endOfAge({ provider, authorizedAt, lastUsedAt }: RefreshTokenLife): Date | undefined {
  if (provider.refreshTokenLifetimeSeconds === undefined || authorizedAt === undefined) return undefined;
  const at = new Date(authorizedAt.getTime() + provider.refreshTokenLifetimeSeconds * 1_000);
  // What worked after its end had no such end.
  return lastUsedAt > at ? undefined : at;
}

/**
 * The earlier of what the provider declares and what the last answer said. An end that the answer named is one of
 * idleness, unless the age explains it to a day: taking it so costs a few early refreshes at most, and taking it for age
 * would call a person for nothing.
 */
function endOfIdleness(life: RefreshTokenLife): Date | undefined {
  const { provider, lastUsedAt, refreshExpiresAt } = life;
  const age = endOfAge(life);
  const ofAge =
    age !== undefined &&
    refreshExpiresAt !== undefined &&
    refreshExpiresAt.getTime() >= age.getTime() - DAY_MILLISECONDS;
  const ends = [
    ...(provider.refreshTokenIdleSeconds === undefined
      ? []
      : [lastUsedAt.getTime() + provider.refreshTokenIdleSeconds * 1_000]),
    ...(refreshExpiresAt === undefined || ofAge ? [] : [refreshExpiresAt.getTime()]),
  ];
  return ends.length === 0 ? undefined : new Date(Math.min(...ends));
}

function before(at: Date, milliseconds: number): Date {
  return new Date(at.getTime() - milliseconds);
}
