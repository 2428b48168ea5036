/**
 * Lets no time be waited away in the process that loads it: a pause that nothing can cut short ends at once, and from
 * then on the clock is ahead by it; any other timer runs ten times as fast. QUICK_TIME_AHEAD_MILLISECONDS is how far ahead
 * the clock is at the start. Plain JavaScript, so that `node --import` takes it on Node 20.
 */
import { syncBuiltinESMExports } from "node:module";
import timersPromises from "node:timers/promises";

const TIMES_AS_FAST = 10;
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
globalThis.setTimeout = (callback, milliseconds, ...rest) =>
  systemTimeout(callback, milliseconds / TIMES_AS_FAST, ...rest);

const pause = timersPromises.setTimeout;
timersPromises.setTimeout = async (milliseconds, value, options) => {
  if (options?.signal !== undefined) return pause(milliseconds, value, options);
  aheadMilliseconds += milliseconds;
  return pause(0, value);
};

syncBuiltinESMExports();
