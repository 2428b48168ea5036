import { byDeadline } from "../commands/deadline.ts";
import { recover, refresh } from "../commands/refresh.ts";
import type { RefreshRequest } from "../commands/refresh.ts";
import type { ExitCode } from "../errors.ts";
import { refreshJson, refreshText } from "../report/refresh.ts";
import { refreshSummary } from "../report/summary.ts";
import type { Globals, Host } from "./host.ts";
import { finish } from "./output.ts";

const RENDERER = { text: refreshText, json: refreshJson };

export interface Deadline {
  /** After which nothing new is started; undefined: none. */
  readonly deadlineSeconds: number | undefined;
}

export interface RecoverOptions extends Deadline {
  /** An age identity file. */
  readonly identityPath: string | undefined;
  readonly environment: string | undefined;
}

/** Runs `sealring refresh`. */
export async function runRefresh(
  host: Host,
  globals: Globals,
  { deadlineSeconds, ...request }: RefreshRequest & Deadline,
): Promise<ExitCode> {
  const ports = await host.ports(globals);
  const report = await byDeadline(ports, deadlineSeconds, (held) => refresh(held, request));
  await (await host.step())?.summarize(refreshSummary("refresh", report.results));
  return finish({ host, globals }, report, RENDERER);
}

/** Runs `sealring recover`. */
export async function runRecover(
  host: Host,
  globals: Globals,
  { identityPath, environment, deadlineSeconds }: RecoverOptions,
): Promise<ExitCode> {
  const identityFile = identityPath === undefined ? undefined : await host.secretFile(identityPath);
  const ports = await host.ports(globals);
  const report = await byDeadline(ports, deadlineSeconds, (held) =>
    recover(held, { identityFile, environment }),
  );
  await (await host.step())?.summarize(refreshSummary("recover", report.results));
  return finish({ host, globals }, report, RENDERER);
}
