import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A server in a process of its own, with a folder for its files. */
export interface ServerProcess {
  /** What matched `ready`. */
  readonly ready: RegExpExecArray;
  stop(): Promise<void>;
}

/** How a server is started. */
export interface ServerCommand {
  readonly command: readonly string[];
  /** What it prints when it takes requests, or just before. */
  readonly ready: RegExp;
  /** Of the loopback address: knocked on until it is open, for a server that prints too early. */
  readonly port?: number;
}

/**
 * The shell waits for the end of its input, which comes with the end of this process, whatever ends it: no server outlives
 * its tests. It says so in its exit code when the server ends first.
 */
const KEEPER = `exec 3<&0; "$@" 3<&- & server=$!; { cat <&3; kill -9 $server; } >/dev/null 2>&1 & wait $server`;

/** Starts a server, and waits until it says that it is ready. Fails with what it printed, when it ends before that. */
export async function startServer({ command, ready, port }: ServerCommand): Promise<ServerProcess> {
  const keeper = spawn("/bin/sh", ["-c", KEEPER, "sh", ...command], { stdio: "pipe" });
  const ended = new Promise<void>((resolve) => keeper.once("exit", () => resolve()));
  let printed = "";
  const failed = ended.then(() => Promise.reject(new Error(`${command[0] ?? ""} ended: ${printed}`)));
  const said = new Promise<RegExpExecArray>((resolve) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      const found = ready.exec(printed);
      if (found !== null) resolve(found);
    };
    keeper.stdout.on("data", read);
    keeper.stderr.on("data", read);
  });
  const match = await Promise.race([said, failed]);
  while (port !== undefined && !(await Promise.race([isOpen(port), failed])));
  return {
    ready: match,
    stop: async () => {
      keeper.stdin.end();
      await ended;
    },
  };
}

/** Whether somebody listens there. */
function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const knock = connect(port, "127.0.0.1");
    knock.once("connect", () => resolve(true)).once("error", () => resolve(false));
    knock.once("connect", () => knock.destroy());
  });
}

/** A folder of its own for a server's files. */
export function serverFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "sealring-server-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Whether a program is here and does what it is asked for. */
export function runs(...[command = "", ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}
