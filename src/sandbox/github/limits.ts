import { SlidingWindow } from "./sliding-window.ts";
import type { Cost } from "./request-cost.ts";

/** How much one token, or all tokens of a user, an installation or a job's repository, may ask for. */
export interface RateLimits {
  readonly requestsPerHour: number;
  /** The secondary limit: reading costs one point, writing five; undefined: none. */
  readonly pointsPerMinute: number | undefined;
  /** Content is what a POST makes. These and the next: none, where not given. */
  readonly contentPerMinute?: number;
  readonly contentPerHour?: number;
  readonly concurrent?: number;
  /** Of all GITHUB_TOKENs of one repository. */
  readonly actionsRequestsPerHour?: number;
  readonly anonymousRequestsPerHour?: number;
}

/**
 * GitHub's documented limits (docs.github.com, "Rate limits for the REST API"), each in its strictest reading: points and
 * content of all endpoints together, in windows that slide.
 */
export const DOCUMENTED_LIMITS: RateLimits = {
  requestsPerHour: 5_000,
  pointsPerMinute: 900,
  contentPerMinute: 80,
  contentPerHour: 500,
  concurrent: 100,
  actionsRequestsPerHour: 1_000,
  anonymousRequestsPerHour: 60,
};

/** Who asks. `key` names those that share their limits. */
export interface Asker {
  readonly kind: "person" | "installation" | "actions" | "anonymous";
  readonly key: string;
}

/** Where an asker stands in the hour of a resource. `resetAt` is when the hour ends. */
export interface Standing {
  readonly limit: number;
  readonly used: number;
  readonly resetAt: Date;
}

export type LimitName = "primary" | "points" | "content_a_minute" | "content_an_hour" | "concurrent";

export type Verdict =
  | { readonly kind: "allowed" }
  | { readonly kind: "primary_exceeded" }
  | { readonly kind: "secondary_exceeded"; readonly retryAfterSeconds: number };

/** An hour begins with its first request, and all of it is given back at its end: `x-ratelimit-reset`. */
interface Hour {
  readonly endsAt: Date;
  used: number;
}

interface Usage {
  readonly hours: Map<Cost["resource"], Hour>;
  readonly points: SlidingWindow;
  readonly contentAMinute: SlidingWindow;
  readonly contentAnHour: SlidingWindow;
  underway: number;
}

const HOUR_SECONDS = 3_600;
const MINUTE_SECONDS = 60;

/** Counts what askers ask for, and refuses what goes over a limit. What is refused does not count. */
export class RateLimiter {
  limits: RateLimits;
  /** GitHub documents both for either kind of limit. */
  refusalStatus: 403 | 429 = 403;
  /** How often each limit was hit. */
  readonly refusals: Record<LimitName, number> = {
    ...{ primary: 0, points: 0, content_a_minute: 0, content_an_hour: 0, concurrent: 0 },
  };
  readonly #usages = new Map<string, Usage>();

  constructor(limits: RateLimits) {
    this.limits = limits;
  }

  /** A request arrived, and is under way until `leave`; refused where too many are. */
  enter({ key }: Asker): Verdict {
    const usage = this.#usage(key);
    if (usage.underway >= (this.limits.concurrent ?? Infinity))
      return this.#refuse("concurrent", MINUTE_SECONDS);
    usage.underway += 1;
    return { kind: "allowed" };
  }

  leave({ key }: Asker): void {
    this.#usage(key).underway -= 1;
  }

  /** Counts a request, unless it goes over a limit. */
  admit(asker: Asker, cost: Cost, now: Date): Verdict {
    const usage = this.#usage(asker.key);
    const hour = hourAt(usage, cost.resource, now);
    if (hour.used + cost.requests > this.#requestsPerHour(asker)) {
      this.refusals.primary += 1;
      return { kind: "primary_exceeded" };
    }
    const checks = this.#secondary(usage, cost);
    for (const { name, window, amount, capacity } of checks) {
      const waitSeconds = window.secondsUntil(now, amount, capacity);
      if (waitSeconds > 0) return this.#refuse(name, Math.ceil(waitSeconds));
    }
    for (const { window, amount } of checks) window.add(now, amount);
    hour.used += cost.requests;
    return { kind: "allowed" };
  }

  standing(asker: Asker, resource: Cost["resource"], now: Date): Standing {
    const { used, endsAt } = hourAt(this.#usage(asker.key), resource, now);
    return { limit: this.#requestsPerHour(asker), used, resetAt: endsAt };
  }

  #secondary(usage: Usage, { points, content }: Cost): readonly Check[] {
    const {
      pointsPerMinute = Infinity,
      contentPerMinute = Infinity,
      contentPerHour = Infinity,
    } = this.limits;
    const { contentAMinute, contentAnHour } = usage;
    return [
      { name: "points", window: usage.points, amount: points, capacity: pointsPerMinute },
      { name: "content_a_minute", window: contentAMinute, amount: content, capacity: contentPerMinute },
      { name: "content_an_hour", window: contentAnHour, amount: content, capacity: contentPerHour },
    ];
  }

  #requestsPerHour({ kind }: Asker): number {
    const { requestsPerHour, actionsRequestsPerHour, anonymousRequestsPerHour } = this.limits;
    switch (kind) {
      case "person":
      case "installation":
        return requestsPerHour;
      case "actions":
        return actionsRequestsPerHour ?? requestsPerHour;
      case "anonymous":
        return anonymousRequestsPerHour ?? requestsPerHour;
    }
  }

  #refuse(name: LimitName, retryAfterSeconds: number): Verdict {
    this.refusals[name] += 1;
    return { kind: "secondary_exceeded", retryAfterSeconds };
  }

  #usage(key: string): Usage {
    const known = this.#usages.get(key);
    if (known !== undefined) return known;
    const usage = {
      hours: new Map<Cost["resource"], Hour>(),
      points: new SlidingWindow(MINUTE_SECONDS),
      contentAMinute: new SlidingWindow(MINUTE_SECONDS),
      contentAnHour: new SlidingWindow(HOUR_SECONDS),
      underway: 0,
    };
    this.#usages.set(key, usage);
    return usage;
  }
}

interface Check {
  readonly name: LimitName;
  readonly window: SlidingWindow;
  readonly amount: number;
  readonly capacity: number;
}

function hourAt({ hours }: Usage, resource: Cost["resource"], now: Date): Hour {
  const open = hours.get(resource);
  if (open !== undefined && open.endsAt > now) return open;
  const fresh = { endsAt: new Date(now.getTime() + HOUR_SECONDS * 1_000), used: 0 };
  hours.set(resource, fresh);
  return fresh;
}
