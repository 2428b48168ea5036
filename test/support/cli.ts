import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";

// Processes take as long as the machine lets them; a test of them fails by what it sees, not by the clock.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** The bundle that is shipped; `npm test` builds it first. */
export const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** What a process came to. */
export interface Ended {
  /** null: a signal ended it. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Invocation {
  readonly cwd: string;
  /** All of it: nothing of the test's own environment goes along, but the network guard. */
  readonly env: Readonly<Record<string, string>>;
  /** As a workflow's step without `exec` starts it: signals go to the shell, and end it alone. */
  readonly parent?: "shell";
  /** Another entry than the command line's. */
  readonly script?: string;
}

/** In what way it is started, where not as usual. */
export type Manner = Pick<Invocation, "parent" | "script">;

/** The command line as a process of its own. */
export interface Running {
  readonly ended: Promise<Ended>;
  /** Sends a signal, and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<Ended>;
  /** Sends a signal, and does not wait. */
  signal(signal: NodeJS.Signals): void;
  /** Waits until standard output or standard error holds this; fails when the process ends without. */
  prints(pattern: RegExp): Promise<string>;
  /** Closes the other ends of standard output and standard error, as a pager does that is quit. */
  hangUp(): void;
  /** Writes a line to standard input. */
  type(line: string): void;
}

/** Starts `sealring`, with an open pipe for its input. */
export function start(args: readonly string[], { cwd, env, parent, script = MAIN }: Invocation): Running {
  const line = [process.execPath, script, ...args];
  // The colon keeps the shell from putting its last command in its own place.
  const [command = "", ...rest] = parent === "shell" ? ["/bin/sh", "-c", '"$@"; :', "sh", ...line] : line;
  const child = spawn(command, rest, {
    cwd,
    env: { NODE_OPTIONS: process.env["NODE_OPTIONS"] ?? "", ...env },
    stdio: "pipe",
  });
  const texts = { stdout: "", stderr: "" };
  const watchers = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => {
      texts[name] += chunk;
      for (const watch of watchers) watch();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (exit) => {
      resolve({ exit, ...texts });
    });
  });
  return {
    ended,
    signal: (signal) => void child.kill(signal),
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
    hangUp: () => {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    prints: (pattern) => printed(pattern, { texts, watchers, ended }),
    type: (line) => void child.stdin.write(`${line}\n`),
  };
}

interface Output {
  readonly texts: { readonly stdout: string; readonly stderr: string };
  readonly watchers: Set<() => void>;
  readonly ended: Promise<Ended>;
}

function printed(pattern: RegExp, { texts, watchers, ended }: Output): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = pattern.exec(texts.stdout) ?? pattern.exec(texts.stderr);
      if (found === null) return;
      watchers.delete(look);
      resolve(found[1] ?? found[0]);
    };
    watchers.add(look);
    look();
    void ended.then(({ exit, stderr }) => {
      reject(new Error(`ended with ${String(exit)} before it printed ${String(pattern)}: ${stderr}`));
    });
  });
}

/** What `--json` prints. */
export interface JsonDocument {
  readonly command: string;
  readonly ok: boolean;
  readonly results: readonly Readonly<Record<string, unknown>>[];
  readonly faults: readonly Readonly<Record<string, unknown>>[];
}

/** Standard output as the one document that it must be. */
export function documentOf({ stdout }: Ended): JsonDocument {
  return JSON.parse(stdout) as JsonDocument;
}
