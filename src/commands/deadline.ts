import type { Ports } from "./context.ts";

/**
 * Works with a time limit that counts from here: when it has passed, what was spent is finished and nothing new is
 * started, as after a signal.
 */
export async function byDeadline<Result>(
  ports: Ports,
  seconds: number | undefined,
  work: (ports: Ports) => Promise<Result>,
): Promise<Result> {
  if (seconds === undefined) return work(ports);
  const [passed, done] = [new AbortController(), new AbortController()];
  void ports.clock.sleep(seconds * 1_000, done.signal).then(() => {
    if (done.signal.aborted) return;
    ports.progress.say("The deadline has passed: what was spent is stored, and nothing new is started.");
    passed.abort();
  });
  try {
    return await work({ ...ports, stop: AbortSignal.any([ports.stop, passed.signal]) });
  } finally {
    done.abort();
  }
}
