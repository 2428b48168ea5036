import { SealringError } from "../../src/errors.ts";
import { entryPath } from "../../src/journal/entry.ts";
import type { GitHub, Journal, JournalSnapshot, SecretStore } from "../../src/github.ts";
import type { HttpOutcome } from "../../src/ports.ts";
import type { RunPorts } from "../../src/protocol/run.ts";
import { Secret } from "../../src/secret.ts";
import { envelopeSecretName } from "../../src/declaration/credential.ts";
import { json } from "../support/scripted-http.ts";
import type { Branch, Reply } from "./call.ts";
import type { Desk } from "./desk.ts";
import { isPerson } from "./start.ts";
import type { Start } from "./start.ts";
import { tokenNumber } from "./facts.ts";
import { NONE, opened, textId, textOf } from "./texts.ts";
import { instant } from "./time.ts";

const NAME = "oura";
const ENTRY = entryPath(NAME);
const BOX = `wal/${NAME}.json`;

/** The ports of one process of the product: whatever matters outside is asked at the desk. */
export function portsOf(start: Start, desk: Desk): { readonly ports: RunPorts; readonly github: GitHub } {
  let drawn = 0;
  const envelope = start.envelope === NONE ? undefined : new Secret(textOf(start.envelope));
  const owner = isPerson(start)
    ? ({ kind: "process" } as const)
    : ({ kind: "run", runId: String(start.slot), attempt: 1, jobId: undefined } as const);
  const ports: RunPorts = {
    clock: {
      now: () => instant(start.broken === "process_outlives_its_deadline" ? start.startedAt : desk.now),
      sleep: (_, signal) => desk.wait(signal),
    },
    // No two intents of one exploration have a nonce in common.
    random: (length) =>
      new Uint8Array(length)
        .fill(0)
        .with(0, start.slot)
        .with(1, (drawn += 1)),
    http: { send: async ({ body }) => providerSays(await desk.ask(tokenRequest(body ?? ""))) },
    secrets: { read: (name) => (name === envelopeSecretName(NAME) ? envelope : undefined) },
    progress: { mask: () => undefined, say: () => undefined },
    disk: diskOf(start, desk),
    stop: new AbortController().signal,
    self: { owner, startedAt: instant(start.startedAt), runUrl: undefined },
  };
  return { ports, github: githubOf(start, desk) };
}

function tokenRequest(body: string): {
  readonly kind: "ask_provider";
  readonly refreshToken: number | undefined;
} {
  const token = new URLSearchParams(body).get("refresh_token");
  return { kind: "ask_provider", refreshToken: token === null ? undefined : tokenNumber(token) };
}

function providerSays(reply: Reply): HttpOutcome {
  switch (reply.kind) {
    case "granted": {
      const { accessToken, refreshToken, lifetimeSeconds } = reply;
      const rotated = refreshToken === undefined ? {} : { refresh_token: `rt-${String(refreshToken)}` };
      const access = { access_token: `at-${String(accessToken)}`, token_type: "bearer" };
      return json(200, { ...access, expires_in: lifetimeSeconds, ...rotated });
    }
    case "refused":
      return json(400, { error: "invalid_grant" });
    case "not_sent":
      return { kind: "not_sent", reason: "refused" };
    default:
      return { kind: "lost", reason: "reset", partial: new Uint8Array() };
  }
}

function diskOf(start: Start, desk: Desk): RunPorts["disk"] {
  let box = start.disk;
  return {
    read: async () => (box === NONE ? undefined : textOf(box)),
    write: async (_, text) => {
      const written = textId(text);
      succeeded(await desk.ask({ kind: "write_disk", box: written }));
      box = written;
    },
    remove: async () => {
      if (box === NONE) return;
      succeeded(await desk.ask({ kind: "clear_disk" }));
      box = NONE;
    },
  };
}

function succeeded(reply: Reply): void {
  if (reply.kind === "done") return;
  throw new SealringError("transient", `the model says ${reply.kind}`);
}

function githubOf(start: Start, desk: Desk): GitHub {
  return {
    access: { webUrl: "https://github.com", tokenFrom: { secrets: "the model", journal: "the model" } },
    stores: storesOf(desk),
    journal: journalOf(start, desk),
    runs: {
      state: async ({ runId }) => {
        const reply = await desk.ask({ kind: "ask_for_job", slot: Number(runId) });
        if (reply.kind !== "job") return { kind: "unknown" };
        const startedAt = instant(reply.startedAt);
        if (reply.endedAt === undefined) return { kind: "running", startedAt };
        return { kind: "ended", startedAt, endedAt: instant(reply.endedAt) };
      },
      dispatch: () => Promise.reject(new Error("nobody revokes here")),
      firstDispatched: () => Promise.reject(new Error("nobody starts a run here")),
      progress: () => Promise.reject(new Error("nobody watches a run here")),
      ...{ workflow: unasked, enable: unasked, lastScheduled: unasked },
    },
    artifacts: {
      boxes: async (runId) => {
        const reply = await desk.ask({ kind: "ask_for_boxes", slot: Number(runId) });
        return reply.kind === "boxes" && reply.box !== NONE ? [textOf(reply.box)] : [];
      },
    },
    alerts: { raise: async () => "unchanged", settle: async () => "none" },
    settings: { repository: unasked, environment: unasked, confine: unasked, file: unasked },
    past: { versions: unasked, newest: unasked },
    tokens: { facts: unasked, may: unasked },
  };
}

/** What no step of the protocol asks for. */
function unasked(): Promise<never> {
  return Promise.reject(new Error("the protocol does not ask for this"));
}

function storesOf(desk: Desk): SecretStore {
  return {
    publicKey: () => Promise.reject(new Error("the model seals without a key")),
    reserve: async () => undefined,
    room: async () => ({ secrets: [], requestsLeft: undefined }),
    delete: () => Promise.reject(new Error("nobody revokes here")),
    find: unasked,
    put: async (_, name, value) => {
      if (name === envelopeSecretName(NAME))
        succeeded(await desk.ask({ kind: "put_envelope", envelope: textId(opened(value)) }));
      if (name === "OURA_ACCESS_TOKEN")
        succeeded(await desk.ask({ kind: "put_output", accessToken: tokenNumber(opened(value)) }));
      return "updated";
    },
  };
}

function journalOf(start: Start, desk: Desk): Journal {
  return {
    head: async () => {
      const reply = await desk.ask({ kind: "read_journal" });
      if (reply.kind !== "branch") throw new SealringError("transient", "the journal is down");
      return snapshotOf(reply.branch);
    },
    read: async (blob) => {
      const text = textOf(Number(blob));
      return start.broken === "numbers_are_reused" ? text.replace(/"issued": \d+/, '"issued": 0') : text;
    },
    swap: async (from, { message, files }) => {
      const before = branchOf(from);
      const box = files.get(BOX);
      const kept = files.has(BOX) ? NONE : before.box;
      const to = {
        entry: textId(files.get(ENTRY)),
        box: box === undefined ? kept : textId(box),
      };
      const reply = await desk.ask({ kind: "swap", from: before, to, event: message });
      if (reply.kind !== "swapped") throw new SealringError("transient", "the journal is down");
      return reply.outcome === "won"
        ? { kind: "won", snapshot: snapshotOf(reply.branch) }
        : { kind: reply.outcome };
    },
    history: async () => [],
    readAt: async () => new Map(),
    compact: () => Promise.reject(new Error("nobody compacts here")),
  };
}

/** A commit is what it holds: an entry that has been another in between is never the same again. */
function snapshotOf({ entry, box }: Branch): JournalSnapshot {
  const files = [[ENTRY, entry] as const, [BOX, box] as const].filter(([, id]) => id !== NONE);
  const commit = files.length === 0 ? undefined : `${String(entry)} ${String(box)}`;
  return { commit, files: new Map(files.map(([path, id]) => [path, String(id)])) };
}

function branchOf({ files }: JournalSnapshot): Branch {
  return { entry: Number(files.get(ENTRY) ?? NONE), box: Number(files.get(BOX) ?? NONE) };
}
