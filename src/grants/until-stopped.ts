import { SealringError } from "../errors.ts";

/**
 * Nothing is spent while a person is asked, so an interruption ends it at once.
 * @throws SealringError `interrupted`.
 */
export async function untilStopped<T>(
  { stop }: { readonly stop?: AbortSignal | undefined },
  work: Promise<T> | T,
): Promise<T> {
  if (stop === undefined) return work;
  const done = new AbortController();
  const interrupted = new Promise<never>((_, reject) => {
    const give = () => {
      reject(new SealringError("interrupted", "stopped before anything was sent or stored"));
    };
    if (stop.aborted) give();
    stop.addEventListener("abort", give, { once: true, signal: done.signal });
  });
  try {
    return await Promise.race([interrupted, work]);
  } finally {
    done.abort();
  }
}
