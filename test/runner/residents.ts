import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { join } from "node:path";

/** A command that a step's shell has started. */
export interface Call {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
  /** The step's shell's own where it said `exec`. */
  readonly pid: number;
}

export interface Answer {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Resident = (call: Call) => Promise<Answer>;

/**
 * Commands on a PATH that are carried out in this process. The shell is a real one: it splits words, sets variables,
 * redirects and decides what `exec` replaces; only the program behind the command is here, in the test's own time.
 */
export class Residents {
  readonly folder: string;
  readonly #server: Server;

  private constructor(folder: string, server: Server) {
    this.folder = folder;
    this.#server = server;
  }

  static async open(folder: string, residents: Readonly<Record<string, Resident>>): Promise<Residents> {
    const server = createServer((socket) => {
      serve(socket, residents);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    mkdirSync(folder, { recursive: true });
    for (const name of Object.keys(residents)) {
      writeFileSync(join(folder, name), standIn(name, address.port));
      chmodSync(join(folder, name), 0o755);
    }
    return new Residents(folder, server);
  }

  async close(): Promise<void> {
    await new Promise((closed) => this.#server.close(closed));
  }
}

/** Signals are for the resident to hear: the emulated runner tells it. */
function standIn(name: string, port: number): string {
  return `#!/bin/bash
trap '' INT TERM
exec 3<>/dev/tcp/127.0.0.1/${String(port)}
{ printf '%s\\0' ${name} "$$" "$PWD" "$#" "$@"; env -0; printf '\\0'; } >&3
IFS= read -r -d '' code <&3 || exit 137
IFS= read -r -d '' errors <&3
IFS= read -r -d '' output <&3
printf %s "$errors" >&2
printf %s "$output"
exit "$code"
`;
}

/** Environment variables come last, and an empty one ends them. */
const END = "\0\0";

function serve(socket: Socket, residents: Readonly<Record<string, Resident>>): void {
  let text = "";
  socket.setEncoding("utf8");
  socket.on("error", () => undefined);
  socket.on("data", (chunk: string) => {
    text += chunk;
    if (!text.endsWith(END)) return;
    const call = callOf(text);
    const resident = residents[call.name];
    if (resident === undefined) throw new Error(`there is no ${call.name}`);
    void resident(call).then(({ exit, stdout, stderr }) => {
      socket.end(`${String(exit)}\0${stderr}\0${stdout}\0`);
    });
  });
}

function callOf(text: string): Call {
  const [name = "", pid = "", directory = "", count = "", ...rest] = text.slice(0, -END.length).split("\0");
  const args = rest.slice(0, Number(count));
  const pairs = rest.slice(Number(count)).map((pair) => /^([^=]*)=([\s\S]*)$/.exec(pair)?.slice(1) ?? []);
  return { name, args, directory, pid: Number(pid), env: Object.fromEntries(pairs) as Call["env"] };
}
