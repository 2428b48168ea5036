import { describe, expect, it } from "vitest";
import { runConsole } from "../../src/console/command.ts";
import { cookieName } from "../../src/console/guard.ts";
import { ConsoleWorld } from "../support/console-world.ts";

/** Waits that end when the test says so. */
class Pace {
  readonly #waiting = new Map<() => void, number>();
  #changed: () => void = () => undefined;

  readonly pace = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        this.#changed();
        resolve();
      };
      this.#waiting.set(wake, milliseconds);
      signal?.addEventListener("abort", wake, { once: true });
      this.#changed();
    });

  /** Waits until somebody waits so long, and then ends it. */
  async step(milliseconds: number): Promise<void> {
    const [wake] = [...this.#waiting].find(([, each]) => each === milliseconds) ?? [];
    if (wake !== undefined) {
      wake();
      return;
    }
    await this.#change();
    await this.step(milliseconds);
  }

  /** Waits until so many wait. */
  async until(waiting: number): Promise<void> {
    while (this.#waiting.size !== waiting) await this.#change();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => (this.#changed = resolve));
  }
}

const FILES = 3_000;
const JOURNAL = 10_000;

/** Opens a page that listens: what it is told, one by one. */
async function listen(origin: string, cookie: string, signal: AbortSignal | null = null) {
  const headers = { cookie: `${cookieName({ origin })}=${cookie}` };
  const { body } = await fetch(`${origin}/events`, { headers, signal });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  const next = async () => {
    const { value = "" } = (await reader?.read()) ?? {};
    return value === "" ? "the end" : (/^data: (.*)$/m.exec(value)?.[1] ?? "");
  };
  // What has changed since the page was made may have been told to nobody.
  expect((await reader?.read())?.value).toContain("event: change\n");
  return next;
}

async function listenTo(world: ConsoleWorld, signal: AbortSignal | null = null) {
  return listen(world.console.origin, await world.cookie(), signal);
}

describe("an open page", () => {
  it("is told when a file changes, and not while none does", async () => {
    const pace = new Pace();
    const world = await ConsoleWorld.open({}, {}, pace);
    const next = await listenTo(world);
    const told: string[] = [];
    world.console.live.subscribe((topic) => told.push(topic));
    await pace.step(FILES);
    await pace.step(FILES);
    await pace.until(2);
    expect(told).toEqual([]);
    world.declare({ name: "oura" });
    await pace.step(FILES);
    expect(await next()).toBe("files");
    world.write("credentials/oura.yaml", "version: 1\n");
    await pace.step(FILES);
    expect(await next()).toBe("files");
  });

  it("is told when a run has moved the journal, though nobody told the console", async () => {
    const pace = new Pace();
    const world = await ConsoleWorld.open({}, {}, pace);
    world.declare({ name: "oura" });
    const next = await listenTo(world);
    await pace.step(JOURNAL);
    await world.world.authorize("oura");
    world.world.clock.passSeconds(10);
    await pace.step(JOURNAL);
    expect(await next()).toBe("journal");
  });

  it("is watched for only as long as it is open", async () => {
    const pace = new Pace();
    const world = await ConsoleWorld.open({}, {}, pace);
    await world.get("/");
    await pace.until(0);
    const leaving = new AbortController();
    await listenTo(world, leaving.signal);
    await pace.until(2);
    leaving.abort();
    await pace.until(0);
  });

  it("hears of what an operation says", async () => {
    const world = await ConsoleWorld.open();
    const next = await listenTo(world);
    world.console.live.tell("operations");
    expect(await next()).toBe("operations");
  });

  it("does not hold the console: Ctrl+C ends both at once", async () => {
    const { console: its } = await ConsoleWorld.open();
    const stop = new AbortController();
    const ended: Promise<void>[] = [];
    const link = await new Promise<URL>((found) => {
      const say = (line: string) => {
        if (line.includes("/start?")) found(new URL(line.trim()));
      };
      const ports = { ...its.ports, stop: stop.signal, progress: { mask: () => undefined, say } };
      ended.push(runConsole(ports, { port: 0, browser: "print" }));
    });
    const { headers } = await fetch(link, { redirect: "manual" });
    const cookie = /=([^;]+)/.exec(headers.get("set-cookie") ?? "")?.[1] ?? "";
    const next = await listen(link.origin, cookie);
    stop.abort();
    await Promise.all(ended);
    await expect(next().catch(() => "cut off")).resolves.toMatch(/^(the end|cut off)$/);
  });
});
