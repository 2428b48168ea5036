import { once } from "node:events";
import { expect, it } from "vitest";
import { runConsole } from "../../src/console/command.ts";
import type { ConsolePorts } from "../../src/console/console.ts";
import { ConsoleWorld } from "../support/console-world.ts";

/** A console as its command runs it, until `stop`, and a browser that has come by its link. */
class Running {
  readonly lines: string[] = [];
  readonly stop = new AbortController();
  readonly ended: Promise<void>;
  readonly #link: Promise<URL>;
  #cookie = "";

  constructor(ports: ConsolePorts) {
    let found: (link: URL) => void = () => undefined;
    this.#link = new Promise((resolve) => (found = resolve));
    const say = (line: string) => {
      this.lines.push(line);
      if (line.includes("/start?")) found(new URL(line.trim()));
    };
    const own = { stop: this.stop.signal, progress: { mask: () => undefined, say } };
    this.ended = runConsole({ ...ports, ...own }, { port: 0, browser: "print" });
  }

  static async with(more: Partial<ConsolePorts> = {}): Promise<Running> {
    const { console: its } = await ConsoleWorld.open({ "sealring.yaml": "version: 1\n" });
    return new Running({ ...its.ports, ...more });
  }

  async enter(): Promise<void> {
    const { headers } = await fetch(await this.#link);
    this.#cookie = headers.get("set-cookie")?.split(";")[0] ?? "";
  }

  async ask(path: string, request: RequestInit = {}): Promise<Response> {
    const { origin } = await this.#link;
    const headers = { cookie: this.#cookie, origin };
    return fetch(origin + path, { redirect: "manual", headers, ...request });
  }

  async post(path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
    const page = await (await this.ask("/add/oura")).text();
    const token = /name="form_token" value="([^"]+)"/.exec(page)?.[1] ?? "";
    return this.ask(path, { method: "POST", body: new URLSearchParams({ form_token: token, ...fields }) });
  }
}

/** Until a signal comes. */
async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}

it("says on the terminal that a browser has come, for it may be another's", async () => {
  const running = await Running.with();
  await running.enter();
  running.stop.abort();
  await running.ended;
  const told = running.lines.filter((line) => line.includes("has come by the link"));
  expect(told).toEqual([
    "A browser has come by the link. If that was not yours, stop the console with Ctrl+C.",
  ]);
  expect(running.lines.at(-1)).toBe("The console is closed.");
});

it("ends what a form has begun, answers it, and takes no other", async () => {
  const [begun, held] = [new AbortController(), new AbortController()];
  const commit = async () => {
    begun.abort();
    await aborted(held.signal);
    return "abc1234";
  };
  const state = async (changed: readonly string[]) =>
    ({ kind: "checkout", branch: "main", changed }) as const;
  const rest = { committedIn: async () => [], upstreamOf: async () => ({ kind: "no_remote" }) as const };
  const running = await Running.with({ git: { state, commit, ...rest } });
  await running.enter();
  const form = { back: "/plan", path: "sealring.yaml", message: "Begin", where: "current" };
  const first = running.post("/commit", form);
  await aborted(begun.signal);
  running.stop.abort();
  const second = await running.post("/commit", form);
  expect(second.status).toBe(503);
  expect(await second.text()).toContain("The console closes");
  expect((await running.ask("/")).status).toBe(200);
  expect(running.lines).not.toContain("The console is closed.");
  held.abort();
  const answer = await first;
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/plan"]);
  await running.ended;
  await expect(running.ask("/")).rejects.toThrow("fetch failed");
});
