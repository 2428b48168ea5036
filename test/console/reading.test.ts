import { beforeEach, describe, expect, it } from "vitest";
import { Reading } from "../../src/console/reading.ts";
import type { GitHub, Journal } from "../../src/github.ts";
import { JobClock } from "../support/job-clock.ts";
import { MemoryJournal } from "../support/memory-journal.ts";

const PATH = "credentials/oura.json";

let clock: JobClock;
let memory: MemoryJournal;
let asked: string[];
let journal: Journal;

beforeEach(() => {
  clock = new JobClock();
  memory = new MemoryJournal();
  asked = [];
  const watched: Journal = {
    head: () => memory.head(),
    read: (blob) => memory.read(blob),
    swap: (...given) => memory.swap(...given),
    compact: (...given) => memory.compact(...given),
    history: (wanted) => {
      asked.push(`history of ${String(wanted.path)}, ${String(wanted.limit)}`);
      return memory.history(wanted);
    },
    readAt: (path, commits) => {
      asked.push(`${path} at ${commits.join(", ")}`);
      return memory.readAt(path, commits);
    },
  };
  // Nothing else of GitHub is asked for.
  const github = { journal: watched } as unknown as GitHub;
  journal = new Reading(() => clock.now()).of(github).journal;
});

function write(text: string): void {
  memory.put({ message: text, files: new Map([[PATH, text]]) });
  clock.passSeconds(3);
}

describe("GitHub as pages read it", () => {
  it("asks for a history once, until the branch has moved", async () => {
    write("one");
    const read = () => journal.history({ path: PATH, limit: 5 });
    expect(await read()).toEqual(await read());
    expect(asked).toHaveLength(1);
    await journal.history({ path: PATH, limit: 6 });
    expect(asked).toHaveLength(2);
    write("two");
    expect((await read()).map(({ message }) => message)).toEqual(["two", "one"]);
    expect(asked).toHaveLength(3);
  });

  it("asks for a file at a commit once, and again for one that was not there", async () => {
    write("one");
    write("two");
    await journal.readAt(PATH, ["1"]);
    expect(await journal.readAt(PATH, ["2", "1", "9"])).toEqual(
      new Map([
        ["2", "two"],
        ["1", "one"],
      ]),
    );
    await journal.readAt(PATH, ["1", "2"]);
    await journal.readAt(PATH, ["9"]);
    expect(asked).toEqual([`${PATH} at 1`, `${PATH} at 2, 9`, `${PATH} at 9`]);
  });
});
