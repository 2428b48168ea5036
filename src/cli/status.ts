import { status } from "../commands/status.ts";
import type { StatusRequest, StatusResult } from "../commands/status.ts";
import type { ExitCode } from "../errors.ts";
import { statusAnnotations } from "../report/annotations.ts";
import { statusJson, statusText } from "../report/status.ts";
import { statusSummary } from "../report/summary.ts";
import type { Globals, Host, Step } from "./host.ts";
import { finish } from "./output.ts";

export interface StatusOptions extends StatusRequest {
  /** The file for a page to share; undefined: none. */
  readonly html: string | undefined;
}

/** Runs `sealring status`. */
export async function runStatus(
  host: Host,
  globals: Globals,
  { html, ...request }: StatusOptions,
): Promise<ExitCode> {
  const ports = await host.ports(globals);
  const report = await status(ports, request);
  const now = ports.clock.now();
  if (html !== undefined) {
    const { statusPageOf } = await import("./status-page.ts");
    const page = await statusPageOf(report, now);
    if (page !== undefined) {
      await host.writeText(html, page);
      ports.progress.say(`The page is in ${html}.`);
    }
  }
  const step = await host.step();
  if (step !== undefined) {
    await tell(step, report.results);
    if (request.mode === "check" && globals.format === "text")
      host.command(statusAnnotations(report.results));
  }
  return finish({ host, globals }, report, { text: (results) => statusText(results, now), json: statusJson });
}

/** Of one credential the step has outputs, too. */
async function tell(step: Step, results: readonly StatusResult[]): Promise<void> {
  await step.summarize(statusSummary(results));
  const [only, ...others] = results;
  if (only === undefined || others.length > 0) return;
  await step.output({
    state: only.health,
    "expires-at": only.entry?.expiresAt?.toISOString() ?? "",
    generation: String(only.entry?.generation ?? 0),
  });
}
