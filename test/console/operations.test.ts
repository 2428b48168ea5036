import { describe, expect, it } from "vitest";
import { Live } from "../../src/console/live.ts";
import { Masked } from "../../src/console/masked.ts";
import { Operations } from "../../src/console/operations.ts";
import type { Result } from "../../src/console/operation.ts";
import { SealringError } from "../../src/errors.ts";
import { Secret } from "../../src/secret.ts";
import { realRandom } from "../support/grant-ports.ts";
import { JobClock } from "../support/job-clock.ts";

const RESULT: Result = {
  kind: "recover",
  report: { command: "recover", exit: 0, results: [], faults: [] },
};

function set() {
  const [live, masked] = [new Live(), new Masked()];
  const operations = new Operations({ clock: new JobClock(), random: realRandom, live, masked });
  return { live, masked, operations };
}

describe("the console's operations", () => {
  it("have one at a time for each credential, and give the running one to a second click", async () => {
    const { operations } = set();
    let finish: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (finish = resolve));
    const work = async () => waiting.then(() => RESULT);
    const first = operations.start({ kind: "recover", credential: "oura" }, work);
    expect(operations.start({ kind: "revoke", credential: "oura" }, work)).toBe(operations.find(first.id));
    expect(operations.start({ kind: "recover", credential: "strava" }, work).id).not.toBe(first.id);
    finish();
    await operations.settled();
    expect(operations.find(first.id)?.end).toEqual({ kind: "done", result: RESULT });
    expect(operations.start({ kind: "recover", credential: "oura" }, work).id).not.toBe(first.id);
    await operations.settled();
  });

  it("keep the newest, and every one that still runs", async () => {
    const { operations } = set();
    let finish: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (finish = resolve));
    const long = operations.start({ kind: "apply", credential: "oldest" }, async () =>
      waiting.then(() => RESULT),
    );
    for (let i = 0; i < 150; i += 1)
      operations.start({ kind: "apply", credential: String(i) }, async () => RESULT);
    const again = operations.start({ kind: "revoke", credential: "oldest" }, async () => RESULT);
    expect(again.id).toBe(long.id);
    finish();
    await operations.settled();
    operations.start({ kind: "apply", credential: "last" }, async () => RESULT);
    expect(operations.all).toHaveLength(100);
    await operations.settled();
  });

  it("keep what is said, without secrets, and tell open pages", async () => {
    const { operations, masked, live } = set();
    const told: string[] = [];
    live.subscribe((topic) => void told.push(topic));
    masked.add(new Secret("the-client-secret"));
    const { id } = operations.start({ kind: "apply", credential: undefined }, async ({ say }) => {
      say("sealing the-client-secret");
      return RESULT;
    });
    await operations.settled();
    expect(operations.find(id)?.said.map(({ line }) => line)).toEqual(["sealing [secret]"]);
    expect(told.at(-1)).toBe("journal");
    expect(told).toContain("operations");
  });

  it("end with the error's words, and of a bug with its kind alone", async () => {
    const { operations } = set();
    const failing = (error: Error) =>
      operations.start({ kind: "apply", credential: error.name }, async () => Promise.reject(error));
    const known = failing(new SealringError("usage", "no such thing", { hint: "look again" }));
    const bug = failing(new TypeError("the-client-secret is not a function"));
    await operations.settled();
    expect(operations.find(known.id)?.end).toMatchObject({
      error: { code: "usage", message: "no such thing", hint: "look again" },
    });
    expect(JSON.stringify(operations.find(bug.id)?.end)).not.toContain("the-client-secret");
    expect(operations.find(bug.id)?.end).toMatchObject({ error: { code: "bug" } });
  });
});
