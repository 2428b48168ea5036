import type { Report } from "../commands/context.ts";
import { EXIT, exitOf, knownError } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import { errorJson, errorText } from "../report/error.ts";
import { faultsAsText } from "../report/faults-text.ts";
import { documentJson } from "../report/document.ts";
import { errorSummary } from "../report/summary.ts";
import type { Globals, Host } from "./host.ts";

export interface Renderer<Result> {
  readonly text: (results: readonly Result[]) => string;
  readonly json: (result: Result) => object;
}

/** Prints a command's report: one JSON document on standard output, or prose. */
export function finish<Result>(
  { host, globals }: { readonly host: Host; readonly globals: Globals },
  report: Report<Result>,
  renderer: Renderer<Result>,
): ExitCode {
  const { command, exit, faults } = report;
  if (globals.format === "json") {
    const results = report.results.map((result) => renderer.json(result));
    host.out(documentJson({ command, ok: exit === EXIT.done, results, faults }));
  } else if (faults.length > 0) {
    const files = new Set(faults.map(({ file }) => file)).size;
    host.err(faultsAsText(faults, files, { colour: host.colour }));
  } else host.out(renderer.text(report.results));
  return exit;
}

/** Prints what ended a command, and gives its exit code. Anything but a SealringError is a bug of ours. */
export async function fail(
  { host, globals, command }: { readonly host: Host; readonly globals: Globals; readonly command: string },
  error: unknown,
): Promise<ExitCode> {
  const known = knownError(error);
  if (globals.format === "json")
    host.out(documentJson({ command, ok: false, results: [], faults: [errorJson(known)] }));
  host.err(errorText(known));
  await (await host.step())?.summarize(errorSummary(command, known));
  if (globals.verbose || known.code === "bug") host.err(framesOf(error));
  return exitOf(known.code);
}

function framesOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return frames.map((line) => `${line}\n`).join("");
}
