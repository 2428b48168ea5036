import type { Arrival, Trap } from "../support/trap.ts";

/** The requests of a refresh that mark its steps. The journal is written twice: for the intent, then with what came of it. */
const REQUESTS = {
  canary: at("PUT", /\/secrets\/SEALRING_CANARY$/),
  tree: at("POST", /\/git\/trees$/),
  branch: at("PATCH", /\/git\/refs\//),
  token: at("POST", /\/oauth-token$/),
  envelope: at("PUT", /\/secrets\/SEALRING_CREDENTIAL_OURA$/),
  output: at("PUT", /\/secrets\/OURA_ACCESS_TOKEN$/),
};

function at(method: string, path: RegExp): Trap["springs"] {
  return (arrival) => arrival.method === method && path.test(arrival.path);
}

interface Death {
  readonly kind: "killed";
  readonly name: string;
  /** Of the protocol, as docs/reliability.md numbers them. */
  readonly step: number;
  readonly request: keyof typeof REQUESTS;
  readonly carriedOut: Trap["carriedOut"];
  /** Which of its kind, where there are more. */
  readonly round: 1 | 2;
}

/** When a refresh is killed. */
export type Moment = Death | { readonly kind: "lives"; readonly name: string };

function killed(step: number, when: string, more: Pick<Death, "request"> & Partial<Death>): Death {
  return { kind: "killed", step, name: `${String(step)} ${when}`, carriedOut: "no", round: 1, ...more };
}

export const LIVES: Moment = { kind: "lives", name: "not killed" };

/** Before the store has the new envelope, and with the old one spent: the worst moment. */
export const BEFORE_THE_STORE: Moment = killed(7, "before the store has the envelope", {
  request: "envelope",
});

export const MOMENTS: readonly Moment[] = [
  killed(3, "before the canary is written", { request: "canary" }),
  killed(3, "after the canary is written", { request: "canary", carriedOut: "yes" }),
  killed(4, "before the intent's tree is written", { request: "tree" }),
  killed(4, "after the intent's tree is written", { request: "tree", carriedOut: "yes" }),
  killed(4, "before the intent is swapped in", { request: "branch" }),
  killed(4, "after the intent is swapped in", { request: "branch", carriedOut: "yes" }),
  killed(5, "before the provider acts on the request", { request: "token" }),
  killed(5, "after the provider acted, before its answer", { request: "token", carriedOut: "yes" }),
  BEFORE_THE_STORE,
  killed(7, "after the store has the envelope", { request: "envelope", carriedOut: "yes" }),
  killed(8, "before the output is written", { request: "output" }),
  killed(8, "after the output is written", { request: "output", carriedOut: "yes" }),
  killed(9, "before the journal's next tree is written", { request: "tree", round: 2 }),
  killed(9, "before the journal's next swap", { request: "branch", round: 2 }),
  killed(9, "after the journal's next swap", { request: "branch", round: 2, carriedOut: "yes" }),
  LIVES,
];

/** A trap that kills a process at its moment. */
export function trapAt(moment: Moment, kill: () => Promise<unknown>): Trap {
  if (moment.kind === "lives") return NO_TRAP;
  const { request, round, carriedOut } = moment;
  let seen = 0;
  const springs = (arrival: Arrival) => REQUESTS[request](arrival) && (seen += 1) === round;
  return { springs, carriedOut, act: kill };
}

/** Takes the place of a trap that never sprang. */
export const NO_TRAP: Trap = { springs: () => false, carriedOut: "no", act: () => Promise.resolve() };
