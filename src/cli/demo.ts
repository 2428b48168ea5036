import { EXIT, SealringError } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import { documentJson } from "../report/document.ts";
import { tellDemo } from "../sandbox/demo.ts";
import type { Globals, Host } from "./host.ts";

/** Runs `sealring demo`. It fails if anything that it claims did not happen. */
export async function runDemo(host: Host, globals: Globals, consent: "scripted" | "own"): Promise<ExitCode> {
  const print = (text: string) => {
    if (globals.format === "json") host.err(text);
    else host.out(text);
  };
  const ports = await host.ports(globals);
  const claims = await tellDemo({
    ports,
    server: await host.httpServer(),
    connectTo: host.connectTo,
    print,
    consent,
  });
  const ok = claims.every(({ held }) => held);
  print(`\n${ok ? "Proved" : "Not proved"}, on an authorization server and a GitHub API on this machine:\n`);
  for (const { claim, held } of claims) print(`  ${held ? "yes" : "NO "}  ${claim}\n`);
  if (globals.format === "json") {
    const results = claims.map(({ claim, held }) => ({ outcome: held ? "proved" : "not_proved", claim }));
    host.out(documentJson({ command: "demo", ok, results, faults: [] }));
  }
  if (!ok) throw new SealringError("bug", "the demo did not prove all that it claims");
  return EXIT.done;
}
