/** How much one token may ask for. */
export interface RateLimits {
  readonly requestsPerHour: number;
  /** The secondary limit: reading costs one point, writing five; undefined: none. */
  readonly pointsPerMinute: number | undefined;
}

/** GitHub's documented limits. */
export const DOCUMENTED_LIMITS: RateLimits = { requestsPerHour: 5_000, pointsPerMinute: 900 };

/** Where a token stands. `resetAt` is when the hour ends. */
export interface Standing {
  readonly limit: number;
  readonly used: number;
  readonly resetAt: Date;
}

export type Verdict =
  | { readonly kind: "allowed" }
  | { readonly kind: "primary_exceeded" }
  | { readonly kind: "secondary_exceeded"; readonly retryAfterSeconds: number };

interface Window {
  readonly endsAt: Date;
  used: number;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const POINTS_OF_READING = 1;
const POINTS_OF_WRITING = 5;

/** Counts what tokens ask for, in windows that begin with the first request. */
export class RateLimiter {
  limits: RateLimits;
  readonly #hours = new Map<string, Window>();
  readonly #minutes = new Map<string, Window>();

  constructor(limits: RateLimits) {
    this.limits = limits;
  }

  /** Counts a request, unless it goes over a limit. */
  admit(token: string, method: string, now: Date): Verdict {
    const hour = windowAt(this.#hours, token, { now, lengthMs: HOUR_MS });
    if (hour.used >= this.limits.requestsPerHour) return { kind: "primary_exceeded" };
    const minute = windowAt(this.#minutes, token, { now, lengthMs: MINUTE_MS });
    const points = method === "GET" ? POINTS_OF_READING : POINTS_OF_WRITING;
    if (minute.used + points > (this.limits.pointsPerMinute ?? Infinity)) {
      const retryAfterSeconds = Math.ceil((minute.endsAt.getTime() - now.getTime()) / 1_000);
      return { kind: "secondary_exceeded", retryAfterSeconds };
    }
    hour.used += 1;
    minute.used += points;
    return { kind: "allowed" };
  }

  standing(token: string, now: Date): Standing {
    const { used, endsAt } = windowAt(this.#hours, token, { now, lengthMs: HOUR_MS });
    return { limit: this.limits.requestsPerHour, used, resetAt: endsAt };
  }
}

function windowAt(
  windows: Map<string, Window>,
  token: string,
  { now, lengthMs }: { readonly now: Date; readonly lengthMs: number },
): Window {
  const open = windows.get(token);
  if (open !== undefined && open.endsAt > now) return open;
  const fresh = { endsAt: new Date(now.getTime() + lengthMs), used: 0 };
  windows.set(token, fresh);
  return fresh;
}
