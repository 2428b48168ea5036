import { SealringError } from "../errors.ts";
import type { CommandLine } from "./table.ts";
import { text } from "./options.ts";
import type { Options } from "./options.ts";

/** The commands that serve something on this machine. The action comes without them. */
export const AT_HOME: readonly CommandLine[] = [
  {
    usage: "console",
    summary: "see and do all of this on pages in your own browser",
    options: [
      ["--port <number>", "on 127.0.0.1 (default: a free one)"],
      ["--no-browser", "print the link, and open no browser"],
    ],
    run: async ({ host, globals, options }) => {
      const { runConsoleCommand } = await import("./console.ts");
      const browser = options["browser"] === false ? "print" : "open";
      return runConsoleCommand(host, globals, { port: portOf(options), browser });
    },
  },
  {
    usage: "demo",
    summary: "see the whole story against the sandbox",
    options: [["--browser", "give the consent in your own browser"]],
    run: async ({ host, globals, options }) => {
      const { runDemo } = await import("./demo.ts");
      return runDemo(host, globals, options["browser"] === true ? "own" : "scripted");
    },
  },
  {
    usage: "sandbox",
    summary: "leave the sandbox running, to try things on",
    options: [],
    run: async ({ host, globals }) => {
      const { runSandboxCommand } = await import("./sandbox.ts");
      return runSandboxCommand(host, globals);
    },
  },
];

function portOf(options: Options): number {
  const given = text(options, "port") ?? "0";
  if (/^[0-9]{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given);
  throw new SealringError("usage", "--port takes a number from 0 to 65535", {
    hint: "for example: --port 8585",
  });
}
