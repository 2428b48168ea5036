import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { DirectoryFiles } from "../../src/adapters/files.ts";
import { connectGitHub } from "../../src/adapters/github/connect.ts";
import { createGitWork } from "../../src/adapters/git-work.ts";
import { nodeHttpServer } from "../../src/adapters/http-server.ts";
import { createTreeWriter } from "../../src/adapters/tree-writer.ts";
import { openConsole } from "../../src/console/command.ts";
import type { Console, ConsolePorts } from "../../src/console/console.ts";
import { cookieName } from "../../src/console/guard.ts";
import type { GitHub } from "../../src/github.ts";
import { countAsPushed } from "../../src/sandbox/pushed.ts";
import { startRunner } from "../../src/sandbox/runner.ts";
import type { Runner } from "../../src/sandbox/runner.ts";
import { declarationOf } from "./declarations.ts";
import type { Wanted } from "./declarations.ts";
import { GIT_PERSON } from "./git.ts";
import { calledOff } from "./job-clock.ts";
import { World } from "./world.ts";
import type { Job, JobOptions } from "./world.ts";

/** The sandbox as if it were github.com, where its runs say that they are: pages link to them. */
export function asGitHubCom(real: GitHub): GitHub {
  return { ...real, access: { ...real.access, webUrl: "https://github.com" } };
}

/** What the console answered. */
export interface Visited {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * A console in this process, on a checkout in a directory of its own, beside the sandbox of a `World`. What is asked of it
 * goes over a real connection.
 */
export class ConsoleWorld {
  readonly world: World;
  /** The person's checkout. */
  readonly directory: string;
  readonly console: Console;
  readonly job: Job;

  private constructor(world: World, directory: string, { console, job }: { console: Console; job: Job }) {
    this.world = world;
    this.directory = directory;
    this.console = console;
    this.job = job;
  }

  /** With these files, and nothing authorized. Lives as long as the test. */
  static async open(
    files: Readonly<Record<string, string>> = {},
    options: JobOptions = {},
    more: Partial<ConsolePorts> = {},
  ): Promise<ConsoleWorld> {
    return ConsoleWorld.on(await World.create(), files, { ...options, more });
  }

  /** The same, in a world that has a past. */
  static async on(
    world: World,
    files: Readonly<Record<string, string>> = {},
    { more = {}, ...options }: JobOptions & { readonly more?: Partial<ConsolePorts> } = {},
  ): Promise<ConsoleWorld> {
    const directory = mkdtempSync(join(tmpdir(), "sealring-console-"));
    const job = world.job({ owner: "process", ...options });
    const own = {
      files: new DirectoryFiles(directory),
      tree: createTreeWriter(directory),
      git: createGitWork(directory, GIT_PERSON),
      server: nodeHttpServer,
      nodeVersion: "24.11.1",
      // Nothing happens that no test does.
      pace: (_: number, signal: AbortSignal = new AbortController().signal) => calledOff(signal),
      actionFiles: async () => [{ path: "action.yml", bytes: new TextEncoder().encode("name: sealring\n") }],
    };
    const { console, close } = await openConsole({ ...job.ports, ...own, ...more }, 0);
    const opened = new ConsoleWorld(world, directory, { console, job });
    for (const [path, text] of Object.entries(files)) opened.write(path, text);
    onTestFinished(async () => {
      job.stop.abort();
      await console.operations.settled();
      await close();
      rmSync(directory, { recursive: true });
    });
    return opened;
  }

  /** From now on the directory counts as pushed, and runs of its workflow go on, as in `sealring sandbox`. */
  startRunner(): Runner {
    const { sandbox, repository, clock } = this.world;
    const { github, addresses } = sandbox;
    const files = new DirectoryFiles(this.directory);
    countAsPushed(github, repository, files);
    return startRunner({
      ...{ github, repository, apiUrl: addresses.github.api_url },
      ports: { ...this.job.ports, files },
      connectTo: async (to) => connectGitHub({ ...to, version: "0.0.0", clock, env: {} }),
    });
  }

  write(path: string, text: string): void {
    const whole = join(this.directory, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
  }

  read(path: string): string {
    return readFileSync(join(this.directory, path), "utf8");
  }

  /** Writes a credential's file, and tells the world's jobs of it. */
  declare(wanted: Wanted): void {
    this.world.declare(wanted);
    const yaml = declarationOf(this.world.sandbox.addresses.authorization_server, wanted);
    this.write(`credentials/${wanted.name}.yaml`, yaml);
  }

  /** As the browser with the session asks. */
  get(path: string): Promise<Visited> {
    return this.ask(path, {});
  }

  /** As a form of the console's own is sent. */
  post(path: string, fields: readonly (readonly [name: string, value: string])[] = []): Promise<Visited> {
    const body = new URLSearchParams({ form_token: this.console.session.formToken });
    for (const [name, value] of fields) body.append(name, value);
    return this.ask(path, { method: "POST", body, headers: { origin: this.console.origin } });
  }

  /** The field by which a person allows that a variable is sent, where a page on authorizing has it. */
  async ticksOn(path: string): Promise<readonly (readonly [name: string, value: string])[]> {
    const [, value] = /name="sending" value="([^"]+)"/.exec((await this.get(path)).text) ?? [];
    return value === undefined ? [] : [["sending", value]];
  }

  async ask(path: string, request: RequestInit): Promise<Visited> {
    const { origin } = this.console;
    const headers = new Headers(request.headers);
    headers.set("cookie", `${cookieName(this.console)}=${await this.cookie()}`);
    const answer = await fetch(origin + path, { redirect: "manual", ...request, headers });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  #session: string | undefined;

  async cookie(): Promise<string> {
    if (this.#session === undefined) {
      const { origin, session } = this.console;
      const answer = await fetch(`${origin}/start?token=${session.linkToken}`, { redirect: "manual" });
      this.#session = /=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1] ?? "";
    }
    return this.#session;
  }
}
