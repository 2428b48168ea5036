import type { Clock } from "../ports.ts";
import type { ServedAnswer } from "../http-server.ts";

/** A request as the sandbox understood it. */
export interface SandboxRequest {
  /** What was asked: GitHub's operation id, or the authorization server's endpoint. */
  readonly operation: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a dropped request is logged with: no server answers it. */
const DROPPED_STATUS = 499;

/** One entry of the sandbox's log: a request and what became of it. */
export interface LoggedExchange extends SandboxRequest {
  readonly at: Date;
  /** Of the answer, though it may have been lost; 499 where the request was dropped before anything was done. */
  readonly status: number;
  readonly delivery: ServedAnswer["delivery"];
}

/** What can go wrong with a request. */
export type Fault =
  /** Not carried out; this comes instead. */
  | { readonly kind: "answer_instead"; readonly answer: () => Response }
  /** Not carried out; the connection is closed. */
  | { readonly kind: "drop_request" }
  /** Carried out; the connection is closed before the answer. */
  | { readonly kind: "lose_answer" }
  /** Carried out; the connection is closed in the middle of the answer. */
  | { readonly kind: "truncate_answer" }
  /** Carried out; another answer is sent. */
  | { readonly kind: "rewrite_answer"; readonly rewrite: (answer: Response) => Response | Promise<Response> };

/** Which requests: an operation, or whatever a function says. */
export type RequestMatcher = string | ((request: SandboxRequest) => boolean);

export type Hook = (request: SandboxRequest) => void | Promise<void>;

interface Planned {
  readonly matcher: RequestMatcher;
  readonly fault: Fault;
  left: number;
}

/** Misfortunes that a test, or the demo, orders for a sandbox's server. In process only, never over HTTP. */
export class FaultPlan {
  #faults: Planned[] = [];
  #delays: { readonly matcher: RequestMatcher; readonly milliseconds: number }[] = [];
  #before: { readonly matcher: RequestMatcher; readonly hook: Hook }[] = [];
  #after: { readonly matcher: RequestMatcher; readonly hook: Hook }[] = [];

  /** Strikes the next matching request, or the next `times`; `Infinity` strikes for good. Orders of one request queue up. */
  fail(matcher: RequestMatcher, fault: Fault, times = 1): void {
    this.#faults.push({ matcher, fault, left: times });
  }

  /** Makes every matching request wait before it is looked at. */
  delay(matcher: RequestMatcher, milliseconds: number): void {
    this.#delays.push({ matcher, milliseconds });
  }

  /** Runs before a matching request is carried out: the place for a race. */
  before(matcher: RequestMatcher, hook: Hook): void {
    this.#before.push({ matcher, hook });
  }

  /** Runs after a matching request was carried out, and before it is answered. */
  after(matcher: RequestMatcher, hook: Hook): void {
    this.#after.push({ matcher, hook });
  }

  /** Forgets every order. */
  clear(): void {
    this.#faults = [];
    this.#delays = [];
    this.#before = [];
    this.#after = [];
  }

  /** Carries a request out, with what was ordered for it. */
  async run(request: SandboxRequest, clock: Clock, carryOut: () => Promise<Response>): Promise<ServedAnswer> {
    for (const { matcher, milliseconds } of this.#delays) {
      if (matches(matcher, request)) await clock.sleep(milliseconds);
    }
    const fault = this.#take(request);
    if (fault?.kind === "answer_instead") return { delivery: "whole", response: fault.answer() };
    if (fault?.kind === "drop_request") return { delivery: "none", response: dropped() };
    await runHooks(this.#before, request);
    const response = await carryOut();
    await runHooks(this.#after, request);
    return spoil(response, fault);
  }

  #take(request: SandboxRequest): Fault | undefined {
    const planned = this.#faults.find(({ matcher, left }) => left > 0 && matches(matcher, request));
    if (planned === undefined) return undefined;
    planned.left -= 1;
    return planned.fault;
  }
}

function dropped(): Response {
  return new Response(null, { status: DROPPED_STATUS });
}

type LateFault = Exclude<Fault, { kind: "answer_instead" } | { kind: "drop_request" }>;

async function spoil(response: Response, fault: LateFault | undefined): Promise<ServedAnswer> {
  switch (fault?.kind) {
    case undefined:
      return { delivery: "whole", response };
    case "lose_answer":
      return { delivery: "none", response };
    case "truncate_answer":
      return { delivery: "half", response };
    case "rewrite_answer":
      return { delivery: "whole", response: await fault.rewrite(response) };
  }
}

async function runHooks(
  hooks: readonly { readonly matcher: RequestMatcher; readonly hook: Hook }[],
  request: SandboxRequest,
): Promise<void> {
  for (const { matcher, hook } of hooks) if (matches(matcher, request)) await hook(request);
}

function matches(matcher: RequestMatcher, request: SandboxRequest): boolean {
  return typeof matcher === "string" ? matcher === request.operation : matcher(request);
}
