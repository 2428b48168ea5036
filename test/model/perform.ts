import type { Branch, Call, Reply } from "./call.ts";
import { consent, serve } from "./provider.ts";
import { entryOf } from "./facts.ts";
import { NONE } from "./texts.ts";
import { jobOf, withJob } from "./world.ts";
import type { Job, World } from "./world.ts";

/** One way in which a call can go. `fault`: it costs one of the world's. */
export interface Outcome {
  readonly world: World;
  readonly reply: Reply;
  readonly note: string;
  readonly kind: "as_asked" | "fault";
}

/** A process waits no more often between two instants: enough for every bounded retry of the product. */
const WAITS = 6;

const DONE: Reply = { kind: "done" };
const FAILED: Reply = { kind: "failed" };

/** Every way in which a call of a process can go, the plain one first. */
export function outcomes(world: World, job: Job, call: Call): readonly Outcome[] {
  switch (call.kind) {
    case "read_journal":
      return [plain(world, world.down.journal ? FAILED : { kind: "branch", branch: world.branch })];
    case "swap":
      return swap(world, job, call);
    case "ask_provider":
      return askProvider(world, job, call.refreshToken);
    case "write_disk":
      return writing(world, patch(world, job, { disk: call.box }));
    case "clear_disk":
      return writing(world, patch(world, job, { disk: NONE }));
    case "put_envelope":
      return world.down.store ? [refused(world)] : putting(world, stored(world, job, call.envelope));
    case "put_output":
      return world.down.store ? [refused(world)] : putting(world, published(world, job, call.accessToken));
    case "ask_for_job":
      return [plain(world, stateOfJob(world, job, call.slot))];
    case "ask_for_boxes":
      return [plain(world, { kind: "boxes", box: jobOf(world, call.slot).artifact })];
    case "wait":
      return waiting(world, job, call.until);
  }
}

function plain(world: World, reply: Reply): Outcome {
  return { world, reply, note: "", kind: "as_asked" };
}

function refused(world: World): Outcome {
  return { world, reply: FAILED, note: "it is down", kind: "as_asked" };
}

function fault(world: World, reply: Reply, note: string): Outcome {
  return { world, reply, note, kind: "fault" };
}

function patch(world: World, job: Job, change: Partial<Job>): World {
  return withJob(world, { ...job, ...change });
}

function writing(before: World, after: World): readonly Outcome[] {
  return [plain(after, DONE), fault(before, FAILED, "the disk is full")];
}

function putting(before: World, after: World): readonly Outcome[] {
  return [
    plain(after, DONE),
    fault(after, FAILED, "taken, but the answer is lost"),
    fault(before, FAILED, "not taken"),
  ];
}

function stored(world: World, job: Job, envelope: number): World {
  const isHeldBack = world.broken === "store_after_publish" && job.start.program !== "authorize";
  if (isHeldBack) return patch(world, job, { lies: { ...job.lies, unstored: envelope } });
  return { ...world, envelope };
}

function published(world: World, job: Job, output: number): World {
  const { unstored } = job.lies;
  const next = { ...world, output };
  if (unstored === NONE) return next;
  return patch({ ...next, envelope: unstored }, job, { lies: { ...job.lies, unstored: NONE } });
}

function swap(world: World, job: Job, { from, to }: Extract<Call, { kind: "swap" }>): readonly Outcome[] {
  if (world.down.journal) return [refused(world)];
  const lied = lieAbout(world, job, to);
  if (lied !== undefined) return [plain(lied, { kind: "swapped", outcome: "won", branch: to })];
  const base = job.lies.before ?? from;
  const isMoved = base.entry !== world.branch.entry || base.box !== world.branch.box;
  const unheard: Reply = { kind: "swapped", outcome: "unknown", branch: world.branch };
  const unmoved = fault(world, unheard, "not taken, and the answer is lost");
  if (isMoved && world.broken !== "no_compare") {
    return [plain(world, { kind: "swapped", outcome: "lost", branch: world.branch }), unmoved];
  }
  const moved = patch({ ...world, branch: to }, job, { lies: { ...job.lies, before: undefined } });
  return [
    plain(moved, { kind: "swapped", outcome: "won", branch: to }),
    fault(moved, unheard, "taken, but the answer is lost"),
    unmoved,
  ];
}

/** A protocol without some intent: its process believes that it won one. */
function lieAbout(world: World, job: Job, to: Branch): World | undefined {
  const intent = entryOf(to.entry)?.intent;
  const isOpening = intent !== undefined && intent.generation === entryOf(to.entry)?.issued;
  const isLied =
    (world.broken === "replay_without_intent" && intent?.kind === "replay") ||
    (world.broken === "spend_without_intent" && intent?.kind === "refresh");
  if (!isOpening || !isLied || job.start.program === "authorize") return undefined;
  return patch(world, job, { lies: { ...job.lies, before: world.branch } });
}

function askProvider(world: World, job: Job, token: number | undefined): readonly Outcome[] {
  const { provider, reply } =
    token === undefined ? consent(world.provider) : serve(world.provider, token, world.now);
  const served = { ...world, provider };
  return [
    plain(received(served, job, reply), reply),
    fault(served, { kind: "lost" }, "served, but the answer is lost"),
    fault(world, { kind: "lost" }, "it never arrived, and nobody knows"),
    fault(world, { kind: "not_sent" }, "it never left"),
  ];
}

function received(world: World, job: Job, reply: Reply): World {
  if (reply.kind !== "granted" || reply.refreshToken === undefined) return world;
  return patch({ ...world, delivered: reply.refreshToken }, job, { received: reply.refreshToken });
}

/** GitHub's word on a job. */
function stateOfJob(world: World, asking: Job, slot: number): Reply {
  const { start, state, endedAt } = jobOf(world, slot);
  const isIgnored = world.broken === "snapshot_age_ignored" && slot === asking.start.slot;
  const startedAt = isIgnored ? Number.MAX_SAFE_INTEGER / 1e10 : start.startedAt;
  const isTakenOver = world.broken === "takeover_by_deadline_alone" && slot !== asking.start.slot;
  if (isTakenOver && start.startedAt < world.now) return { kind: "job", startedAt, endedAt: start.startedAt };
  return { kind: "job", startedAt, endedAt: state === "over" ? endedAt : undefined };
}

function waiting(world: World, job: Job, until: "later" | "too_late"): readonly Outcome[] {
  if (until === "too_late") return [fault(world, DONE, "what it waits for is slow")];
  return job.waits < WAITS ? [plain(patch(world, job, { waits: job.waits + 1 }), DONE)] : [];
}
