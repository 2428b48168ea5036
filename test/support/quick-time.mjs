/**
 * Lets no time be waited away in the process that loads it: a pause that nothing can cut short ends at once, and from
 * then on the clock is ahead by it; other timers run ten times as fast. But those of ten seconds and more are limits on
 * what a server may take, which a busy machine must not reach: they do only where QUICK_TIME_LIMITS says so.
 * QUICK_TIME_AHEAD_MILLISECONDS is how far ahead the clock is at the start. Plain JavaScript, so that `node --import`
 * takes it on Node 20.
 */
import { syncBuiltinESMExports } from "node:module";
import timersPromises from "node:timers/promises";

const TIMES_AS_FAST = 10;
const LIMIT_MILLISECONDS = 10_000;
const limitsAreQuick = process.env.QUICK_TIME_LIMITS === "quick";
let aheadMilliseconds = Number(process.env.QUICK_TIME_AHEAD_MILLISECONDS ?? "0");

const SystemDate = Date;
globalThis.Date = class extends SystemDate {
  constructor(...parts) {
    if (parts.length === 0) super(SystemDate.now() + aheadMilliseconds);
    else super(...parts);
  }

  static now() {
    return SystemDate.now() + aheadMilliseconds;
  }
};

const systemTimeout = globalThis.setTimeout;
globalThis.setTimeout = (callback, milliseconds, ...rest) => {
  const isQuick = limitsAreQuick || !(milliseconds >= LIMIT_MILLISECONDS);
  return systemTimeout(callback, isQuick ? milliseconds / TIMES_AS_FAST : milliseconds, ...rest);
};

const pause = timersPromises.setTimeout;
timersPromises.setTimeout = async (milliseconds, value, options) => {
  if (options?.signal !== undefined) return pause(milliseconds, value, options);
  aheadMilliseconds += milliseconds;
  return pause(0, value);
};

syncBuiltinESMExports();
