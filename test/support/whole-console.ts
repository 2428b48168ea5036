import { encodeEntry } from "../../src/journal/codec.ts";
import type { JournalEntry } from "../../src/journal/entry.ts";
import type { Clock } from "../../src/ports.ts";
import { Secret } from "../../src/secret.ts";
import { applied } from "./console-plan.ts";
import { ConsoleWorld } from "./console-world.ts";
import { anEntry, anOpenEntry, at } from "./entries.ts";
import { git } from "./git.ts";
import { World } from "./world.ts";

const DAY = 86_400;
const RUN = "https://github.com/acme/health-pipeline/actions/runs/4711";

/** A credential for each state that the journal knows; `undefined`: it has nothing of it. */
const STATES: Readonly<Record<string, JournalEntry | undefined>> = {
  amber: anEntry({
    committedAt: at(-29 * DAY),
    expiresAt: at(DAY),
    authorizedAt: at(-300 * DAY),
    runUrl: RUN,
  }),
  brook: anEntry({
    ...{ phase: "ambiguous", expiresAt: at(4 * 3_600), runUrl: RUN },
    error: { class: "ambiguous", code: "timeout" },
  }),
  cedar: anEntry({
    phase: "reauthorization_required",
    error: { class: "reauthorization_required", code: "invalid_grant" },
  }),
  delta: anEntry({ committedAt: at(-31 * DAY), expiresAt: at(-DAY), scope: ["personal"] }),
  ember: undefined,
  flint: anEntry({ phase: "revoked" }),
  grove: anOpenEntry({ deadline: at(3 * DAY) }),
};

/** A credential whose device is waited for until the test is over. */
export const DEVICE = "heath";

/** A console on which every kind of thing has happened, and what its addresses name. */
export interface WholeConsole {
  readonly world: ConsoleWorld;
  /** Of an apply that is over. */
  readonly applyId: string;
  /** Of a refresh whose run is over. */
  readonly refreshId: string;
}

/** Credentials in every state, an apply and a refresh that ran, and a device that is waited for. */
export async function openWholeConsole(): Promise<WholeConsole> {
  const world = await World.create();
  const { clock, hold } = holdable(world.clock);
  const opened = await ConsoleWorld.on(world, {}, { more: { clock } });
  git(opened.directory, "init", "--quiet", "--initial-branch=main");
  opened.declare({ name: "oura", more: ["description: Sleep and activity of the study cohort"] });
  opened.console.typed.set("SEALRING_GITHUB_TOKEN", new Secret(world.sandbox.addresses.github.token));
  await world.authorize("oura");
  await applied(opened, await opened.get("/plan"));
  await refresh(opened);
  await remember(world);
  for (const name of Object.keys(STATES)) opened.declare({ name });
  opened.declare({ name: DEVICE, grant: "device_code" });
  hold();
  const page = `/credentials/${DEVICE}/authorize`;
  await opened.post(page, await opened.ticksOn(page));
  await invited(opened);
  const idOf = (name: string | undefined) => opened.console.operations.newestOf(name)?.id ?? "";
  return { world: opened, applyId: idOf(undefined), refreshId: idOf("oura") };
}

/** A clock whose waits pass time until it is held; from then on they last until they are called off. */
function holdable(given: World["clock"]): { readonly clock: Clock; readonly hold: () => void } {
  let isHeld = false;
  const hold = () => {
    isHeld = true;
  };
  const sleep: Clock["sleep"] = (milliseconds, signal) =>
    given.sleep(milliseconds, isHeld ? (signal ?? new AbortController().signal) : signal);
  return { clock: { now: () => given.now(), sleep }, hold };
}

async function refresh(opened: ConsoleWorld): Promise<void> {
  const { clock } = opened.world;
  const runner = opened.startRunner();
  // The run is looked at without waiting for it.
  clock.othersAreLate = true;
  await opened.post("/credentials/oura/refresh");
  await opened.console.operations.settled();
  await runner.settled();
  clock.othersAreLate = false;
}

/** Writes the states into the journal. */
async function remember(world: World): Promise<void> {
  const { journal } = world.connect();
  const files = new Map(
    Object.entries(STATES).flatMap(([name, entry]) =>
      entry === undefined ? [] : [[`credentials/${name}.json`, encodeEntry({ ...entry, name })] as const],
    ),
  );
  await journal.swap(await journal.head(), { message: "by hand", files });
}

/** Waits until the person is told the code. */
async function invited({ console: { operations, live } }: ConsoleWorld): Promise<void> {
  while (operations.newestOf(DEVICE)?.invitation === undefined)
    await new Promise<void>((resolve) => {
      const end = live.subscribe(() => {
        end();
        resolve();
      });
    });
}
