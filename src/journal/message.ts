import { describeEvent, readEvent } from "./event.ts";
import type { JournalEvent } from "./event.ts";

/** What happened to one credential. */
export interface NamedEvent {
  readonly name: string;
  readonly event: JournalEvent;
}

/** The message of one commit to the journal, as data. */
export interface JournalMessage {
  /** In the order of the credentials' names; none in a commit that sealring did not write. */
  readonly events: readonly NamedEvent[];
  /** Undefined outside a workflow run. */
  readonly runUrl: string | undefined;
}

const EVENT_LINE = /^([a-z0-9-]{1,100}): (.*)$/;
const RUN_LINE = /^run: (https?:\/\/[!-~]{1,500})$/;

/** The message as text: one line a credential, and the run's address as the last. */
export function describeMessage({ events, runUrl }: JournalMessage): string {
  const lines = events.map(({ name, event }) => `${name}: ${describeEvent(event)}`).sort();
  const what =
    lines.length === 1 ? lines.join("") : `${String(lines.length)} credentials\n\n${lines.join("\n")}`;
  return runUrl === undefined ? what : `${what}\n\nrun: ${runUrl}`;
}

/** Reads the message of any commit. Whoever may write the branch may write anything: only known forms are read. */
export function readMessage(text: string): JournalMessage {
  const lines = text.split("\n");
  const events = lines.flatMap((line): NamedEvent[] => {
    const [, name, what] = EVENT_LINE.exec(line) ?? [];
    const event = what === undefined ? undefined : readEvent(what);
    return name === undefined || event === undefined ? [] : [{ name, event }];
  });
  return { events, runUrl: RUN_LINE.exec(lines.at(-1) ?? "")?.[1] };
}
