import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fault, RequestMatcher } from "../../src/sandbox/faults.ts";
import type { World } from "../support/cli-world.ts";
import { anyOfJournal, answering, DOWN, putOf } from "../support/misfortunes.ts";

/** What can keep a new envelope: whatever of these takes one write saves it. */
export type Survivor = "store" | "journal" | "disk";

/** The world of a refresh that is about to start. */
export interface Scene {
  readonly world: World;
  /** RUNNER_TEMP. */
  readonly disk: string;
  /** Its process has ended. */
  readonly over: Promise<unknown>;
}

/** What goes wrong for the one refresh, beside its death. It is over when the next job starts. */
export interface Misfortune {
  readonly name: string;
  readonly strike: (scene: Scene) => void;
  /** Those that take no write as long as it lasts. */
  readonly refuses: readonly Survivor[];
  /** Whether the provider's answer brings the new refresh token, if the process lives to hear it; it may not even ask. */
  readonly answer: "arrives" | "is_lost" | "not_asked_for";
  /** Whether the process has to wait until its own time limits end that. */
  readonly limits: "not_reached" | "reached";
}

const ENVELOPE = putOf("SEALRING_CREDENTIAL_OURA");
const OUTPUT = putOf("OURA_ACCESS_TOKEN");
const SWAP = "git/update-ref";
const LOSE: Fault = { kind: "lose_answer" };
const DROP: Fault = { kind: "drop_request" };
const CONFLICT = answering(409, '{"message":"Conflict"}');
const NOT_FORWARD = answering(422, '{"message":"Update is not a fast forward"}');
const LASTING = Infinity;

function misfortune(name: string, strike: Misfortune["strike"], more: Partial<Misfortune> = {}): Misfortune {
  return { name, strike, refuses: [], answer: "arrives", limits: "not_reached", ...more };
}

/** Strikes GitHub from the spend on: earlier, and nothing is spent. */
function afterSpend(...orders: readonly [RequestMatcher, Fault, times: number][]): Misfortune["strike"] {
  return ({ world: { authorizationServer, github } }) => {
    authorizationServer.faults.after("token", () => {
      for (const order of orders) github.faults.fail(...order);
    });
  };
}

function fromStart(...orders: readonly [RequestMatcher, Fault, times: number][]): Misfortune["strike"] {
  return ({ world: { github } }) => {
    for (const order of orders) github.faults.fail(...order);
  };
}

function atProvider(fault: Fault): Misfortune["strike"] {
  return ({ world: { authorizationServer } }) => authorizationServer.faults.fail("token", fault);
}

const STORE_DOWN: [RequestMatcher, Fault, number][] = [
  [ENVELOPE, DOWN, LASTING],
  [OUTPUT, DOWN, LASTING],
];
const JOURNAL_DOWN: [RequestMatcher, Fault, number] = [anyOfJournal, DROP, LASTING];

const OF_STORE: readonly Misfortune[] = [
  misfortune("store: 503 once", afterSpend([ENVELOPE, DOWN, 1])),
  misfortune("store: 503 for an hour", afterSpend(...STORE_DOWN), { refuses: ["store"] }),
  misfortune("store: 503 from the start", fromStart([({ method }) => method === "PUT", DOWN, LASTING]), {
    refuses: ["store"],
    answer: "not_asked_for",
  }),
  misfortune("store: takes it, its answer is lost", afterSpend([ENVELOPE, LOSE, 1])),
];

const OF_JOURNAL: readonly Misfortune[] = [
  ...(
    [
      ["409", SWAP, CONFLICT],
      ["422", SWAP, NOT_FORWARD],
      ["503", anyOfJournal, DOWN],
      ["down", anyOfJournal, DROP],
    ] as const
  ).flatMap(([name, matcher, fault]) => [
    misfortune(`journal: ${name} from the start`, fromStart([matcher, fault, LASTING]), {
      refuses: ["journal"],
      answer: "not_asked_for",
    }),
    misfortune(`journal: ${name} from the spend on`, afterSpend([matcher, fault, LASTING]), {
      refuses: ["journal"],
    }),
  ]),
  misfortune("journal: takes the intent, its answer is lost", fromStart([SWAP, LOSE, 1])),
  misfortune("journal: takes the outcome, its answer is lost", afterSpend([SWAP, LOSE, 1])),
];

/** All of the refresh token, and not the end: a proxy that breaks off and closes in order. */
async function cutBehindRefreshToken(answer: Response): Promise<Response> {
  const text = await answer.text();
  const cut = text.slice(0, text.indexOf('"id_token"'));
  return new Response(cut, { status: answer.status, headers: { "content-type": "application/json" } });
}

const OF_PROVIDER: readonly Misfortune[] = [
  misfortune("token endpoint: reset before it acts", atProvider(DROP), { answer: "is_lost" }),
  misfortune("token endpoint: reset after it acted", atProvider(LOSE), { answer: "is_lost" }),
  misfortune("token endpoint: cut before the refresh token's end", atProvider({ kind: "truncate_answer" }), {
    answer: "is_lost",
  }),
  misfortune(
    "token endpoint: cut behind the refresh token",
    atProvider({ kind: "rewrite_answer", rewrite: cutBehindRefreshToken }),
  ),
  misfortune("token endpoint: 503", atProvider(DOWN), { answer: "is_lost" }),
  misfortune(
    "token endpoint: acts, and never answers",
    ({ world, over }) => world.authorizationServer.faults.after("token", () => over.then(() => undefined)),
    { answer: "is_lost", limits: "reached" },
  ),
];

/** Nothing can be written behind this link, not even by root. */
function fillDisk({ disk }: Scene): void {
  mkdirSync(boxFolder(disk));
  symlinkSync("/dev/full", join(boxFolder(disk), "oura.box.json.new"));
}

/** A file where the folder has to be: nobody can make it, not even root. */
function lockDisk({ disk }: Scene): void {
  writeFileSync(boxFolder(disk), "");
}

function boxFolder(disk: string): string {
  return join(disk, "sealring-boxes");
}

/** Makes a disk that was full or read-only one that has nothing on it. */
export function clearDisk(disk: string): void {
  rmSync(boxFolder(disk), { recursive: true, force: true });
}

export const NOTHING: Misfortune = misfortune("nothing else", () => undefined);

const TOGETHER: readonly Misfortune[] = [
  misfortune("store and journal: down from the spend on", afterSpend(...STORE_DOWN, JOURNAL_DOWN), {
    refuses: ["store", "journal"],
  }),
  misfortune(
    "store and journal: down from the spend on, disk: full",
    (scene) => {
      fillDisk(scene);
      afterSpend(...STORE_DOWN, JOURNAL_DOWN)(scene);
    },
    { refuses: ["store", "journal", "disk"] },
  ),
];

export const MISFORTUNES: readonly Misfortune[] = [
  NOTHING,
  ...OF_STORE,
  ...OF_JOURNAL,
  ...OF_PROVIDER,
  misfortune("disk: full", fillDisk, { refuses: ["disk"] }),
  misfortune("disk: read-only", lockDisk, { refuses: ["disk"] }),
  ...TOGETHER,
];
