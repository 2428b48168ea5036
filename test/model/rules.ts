import type { Call } from "./call.ts";
import { entryOf, envelopeFacts, envelopeIn, slotOf } from "./facts.ts";
import { FIRST_LIFETIME_SECONDS, STEP_SECONDS } from "./time.ts";
import { liveJobs } from "./world.ts";
import type { Job, World } from "./world.ts";

/** What must never happen. */
export type Violation =
  | "a refresh token that a client received is lost"
  | "a token is spent from a stale snapshot"
  | "a token is spent that has been replaced"
  | "a token is sent a second time"
  | "a token is probed a second time before the access token expires"
  | "the provider is asked without an intent of one's own"
  | "an envelope is written without an intent of one's own"
  | "an older envelope is put over a newer one"
  | "consumers get an older token over a newer one"
  | "consumers get a token whose envelope is not stored"
  | "a grant is revoked though nobody's answer was lost"
  | "it is stuck"
  | "its tokens are there, and it asks for a person"
  | "a person is needed, and nobody says so";

/** Where a refresh token can be found by somebody else than the process that received it. */
export function isKept(world: World, token: number): boolean {
  const { envelope, branch, home, jobs } = world;
  if (envelopeFacts(envelope)?.refreshToken === token) return true;
  const boxes = [
    branch.box,
    home,
    ...jobs.flatMap(({ disk, artifact, state }) => (state === "over" ? [artifact] : [disk])),
  ];
  return boxes.some((box) => envelopeFacts(envelopeIn(box))?.refreshToken === token);
}

function isHeld(world: World, token: number): boolean {
  return liveJobs(world).some(({ received }) => received === token) || isKept(world, token);
}

/** Judges what a call of a process did to the world. */
export function judgeCall(
  before: World,
  job: Job,
  { call, after }: { readonly call: Call; readonly after: World },
): Violation | undefined {
  switch (call.kind) {
    case "ask_provider":
      return call.refreshToken === undefined
        ? ownIntent(before, job, "the provider is asked without an intent of one's own")
        : judgeRequest(before, job, { token: call.refreshToken, after });
    case "put_envelope":
      return judgeEnvelope(before, job, call.envelope);
    case "put_output":
      return judgeOutput(before, call.accessToken, after);
    default:
      return judgeWorld(after);
  }
}

/** Judges a world, whatever led to it. */
export function judgeWorld(world: World): Violation | undefined {
  const { provider, delivered, excused } = world;
  if (provider.state !== "alive" || delivered !== provider.live || excused === delivered) return undefined;
  return isHeld(world, delivered) ? undefined : "a refresh token that a client received is lost";
}

/** A broken protocol is judged by the harm that it does, not by the rule that it breaks. */
function ownIntent(world: World, job: Job, violation: Violation): Violation | undefined {
  if (world.broken !== undefined) return undefined;
  const intent = entryOf(world.branch.entry)?.intent;
  return intent !== undefined && slotOf(intent.nonce) === job.start.slot ? undefined : violation;
}

function judgeRequest(
  before: World,
  job: Job,
  { token, after }: { readonly token: number; readonly after: World },
): Violation | undefined {
  const { provider, delivered } = before;
  if (job.start.envelope !== before.envelope) return "a token is spent from a stale snapshot";
  if (provider.rotation === "none") return undefined;
  const isReplaced = token >= provider.first && token !== provider.live && delivered === provider.live;
  if (isReplaced && isHeld(before, provider.live)) return "a token is spent that has been replaced";
  const isProbe = entryOf(before.branch.entry)?.intent?.kind === "probe";
  if (provider.state === "alive" && after.provider.state === "revoked" && !isProbe)
    return "a grant is revoked though nobody's answer was lost";
  if (provider.rotation === "single_use" || provider.rotation === "harmless") {
    const { refresh, early } = after.sent[token] ?? { refresh: 0, early: 0 };
    if (refresh > 1) return "a token is sent a second time";
    if (early > 1 && provider.rotation === "single_use")
      return "a token is probed a second time before the access token expires";
  }
  return ownIntent(before, job, "the provider is asked without an intent of one's own");
}

function judgeEnvelope(before: World, job: Job, envelope: number): Violation | undefined {
  const [old, next] = [envelopeFacts(before.envelope), envelopeFacts(envelope)];
  if (old !== undefined && next !== undefined && next.generation < old.generation)
    return "an older envelope is put over a newer one";
  return ownIntent(before, job, "an envelope is written without an intent of one's own");
}

function judgeOutput({ output, envelope }: World, accessToken: number, after: World): Violation | undefined {
  if (accessToken < output) return "consumers get an older token over a newer one";
  const stored = envelopeFacts(envelope);
  if (stored === undefined || accessToken > stored.accessToken)
    return "consumers get a token whose envelope is not stored";
  return judgeWorld(after);
}

/** Counts a request. A `refresh` intent that replaces one whose answer was lost is the product's to justify. */
export function counted(before: World, token: number): World {
  const { refresh, early } = before.sent[token] ?? { refresh: 0, early: 0 };
  const isProbe = entryOf(before.branch.entry)?.intent?.kind === "probe";
  const isEarly = before.now * STEP_SECONDS < FIRST_LIFETIME_SECONDS;
  const sends = isProbe ? { refresh, early: early + Number(isEarly) } : { refresh: refresh + 1, early };
  return { ...before, sent: { ...before.sent, [token]: sends } };
}
