/**
 * A timer of no time comes in the event loop's next turn, and not a millisecond later: Octokit's retries make four of
 * them for each request, more than half of what a request to the sandbox takes.
 */
import { promisify } from "node:util";

const { setTimeout: systemTimeout, clearTimeout: clearSystemTimeout } = globalThis;
const yields = new WeakSet<NodeJS.Immediate>();

function timeout(callback: (...rest: unknown[]) => void, milliseconds = 0, ...rest: unknown[]): unknown {
  if (milliseconds !== 0) return systemTimeout(callback, milliseconds, ...rest);
  const started = setImmediate(callback, ...rest);
  yields.add(started);
  return started;
}

function clear(timer?: NodeJS.Timeout | NodeJS.Immediate): void {
  if (yields.has(timer as NodeJS.Immediate)) clearImmediate(timer as NodeJS.Immediate);
  else clearSystemTimeout(timer as NodeJS.Timeout);
}

Object.defineProperty(timeout, promisify.custom, {
  value: Reflect.get(systemTimeout, promisify.custom) as unknown,
});
Object.assign(globalThis, { setTimeout: timeout, clearTimeout: clear });
