import { createApp } from "./app.ts";
import type { Hono } from "hono";
import type { ConsolePorts } from "./console.ts";
import { createConsole } from "./console.ts";
import type { Console } from "./console.ts";
import { readBoard } from "./tiles/board.ts";

export interface ConsoleRequest {
  /** 0: a free one. */
  readonly port: number;
  /** `print`: no browser is opened, the person gets the link. */
  readonly browser: "open" | "print";
}

/**
 * `sealring console`: serves the pages on loopback until `stop`, and opens the browser with the one-time link. What was
 * begun by then is finished first.
 * @throws SealringError `usage` where the port is taken.
 */
export async function runConsole(ports: ConsolePorts, request: ConsoleRequest): Promise<void> {
  const { console, close } = await openConsole(ports, request.port);
  const link = `${console.origin}/start?token=${console.session.linkToken}`;
  const opened = request.browser === "open" && (await ports.browser.open(link));
  const { progress } = ports;
  progress.say(`The console is at ${console.origin}, for one browser on this machine.`);
  progress.say(
    opened ? "Your browser opens. If it does not, open this link, once:" : "Open this link, once:",
  );
  progress.say(`  ${link}`);
  progress.say("Ctrl+C stops it.");
  // While the browser starts, so that its first page finds GitHub's answers. What goes wrong there, the page says.
  readBoard(console).catch(() => undefined);
  await tellingOfEntry(console, ports);
  // A form that is being answered may begin work; after the last of them nothing does.
  await console.underway.settled();
  await console.operations.settled();
  await close();
  progress.say("The console is closed.");
}

/** Whoever reads another's command lines can be quicker with the link than the browser that was opened with it. */
async function tellingOfEntry({ session }: Console, { stop, progress }: ConsolePorts): Promise<void> {
  const end = stopped(stop);
  const first = await Promise.race([session.entered.then(() => "entered"), end]);
  if (first === "entered")
    progress.say("A browser has come by the link. If that was not yours, stop the console with Ctrl+C.");
  await end;
}

export interface OpenConsole {
  readonly console: Console;
  readonly close: () => Promise<void>;
}

/** The console, served. */
export async function openConsole(ports: ConsolePorts, port: number): Promise<OpenConsole> {
  const made: { app?: Hono } = {};
  const server = await ports.server.serve({ kind: "loopback", port }, async (request) => ({
    delivery: "whole",
    response: (await made.app?.fetch(request)) ?? new Response(undefined, { status: 503 }),
  }));
  const console = createConsole(ports, server.origin);
  made.app = createApp(console);
  return { console, close: () => server.close() };
}

function stopped(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener("abort", () => resolve(), { once: true });
  });
}
