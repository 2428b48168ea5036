import { describeEvent, readEvent } from "./event.ts";
import type { JournalEvent } from "./event.ts";

/** What happened to one credential. */
export interface NamedEvent {
  readonly name: string;
  readonly event: JournalEvent;
}

/** What sealring writes as the message of a commit to the journal, as data. */
export type JournalMessage =
  | {
      readonly kind: "events";
      /** In the order of their lines. */
      readonly events: readonly NamedEvent[];
      /** Undefined outside a workflow run. */
      readonly runUrl: string | undefined;
    }
  | ({ readonly kind: "compacted" } & Compaction);

/** A history that one commit has replaced. */
export interface Compaction {
  /** How many commits it had; 1,000 stands for as many or more. */
  readonly commits: number;
  /** The id of its last one. */
  readonly until: string;
  readonly at: Date;
}

const EVENT_LINE = /^([a-z0-9-]{1,64}): (.*)$/;
/** GitHub's address of a run, and no other. */
const RUN_LINE =
  /^run: (https?:\/\/[A-Za-z0-9.:-]{1,255}\/[\w.-]{1,100}\/[\w.-]{1,100}\/actions\/runs\/[0-9]{1,20})$/;
const COMPACTION = /^compacted ([1-9][0-9]{0,9}) commits, until ([0-9a-f]{40}) of ([0-9T:.-]{23}Z)$/;

/** The message as text: one line a credential, and the run's address as the last. */
export function describeMessage(message: JournalMessage): string {
  if (message.kind === "compacted") {
    const { commits, until, at } = message;
    return `compacted ${String(commits)} commits, until ${until} of ${at.toISOString()}`;
  }
  const lines = message.events.map(({ name, event }) => `${name}: ${describeEvent(event)}`).sort();
  const what =
    lines.length === 1 ? lines.join("") : `${String(lines.length)} credentials\n\n${lines.join("\n")}`;
  return message.runUrl === undefined ? what : `${what}\n\nrun: ${message.runUrl}`;
}

/**
 * Reads the message of any commit; undefined when sealring does not write such. Whoever may write the branch may write
 * anything into a message, so that only known forms are read, and nothing of it is kept as text but a run's address.
 */
export function readMessage(text: string): JournalMessage | undefined {
  const [, commits, until, instant] = COMPACTION.exec(text) ?? [];
  const at = new Date(instant ?? Number.NaN);
  if (until !== undefined && !Number.isNaN(at.getTime()))
    return { kind: "compacted", commits: Number(commits), until, at };
  const lines = text.split("\n");
  const events = lines.flatMap(eventOf);
  if (events.length === 0) return undefined;
  return { kind: "events", events, runUrl: RUN_LINE.exec(lines.at(-1) ?? "")?.[1] };
}

function eventOf(line: string): NamedEvent[] {
  const [, name, what] = EVENT_LINE.exec(line) ?? [];
  const event = what === undefined ? undefined : readEvent(what);
  return name === undefined || event === undefined ? [] : [{ name, event }];
}
