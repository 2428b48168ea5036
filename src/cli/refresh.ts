import { recover, refresh } from "../commands/refresh.ts";
import type { RefreshRequest } from "../commands/refresh.ts";
import type { ExitCode } from "../errors.ts";
import { refreshJson, refreshText } from "../report/refresh.ts";
import type { Globals, Host } from "./host.ts";
import { finish } from "./output.ts";

const RENDERER = { text: refreshText, json: refreshJson };

/** Runs `sealring refresh`. */
export async function runRefresh(host: Host, globals: Globals, request: RefreshRequest): Promise<ExitCode> {
  return finish({ host, globals }, await refresh(await host.ports(globals), request), RENDERER);
}

/** Runs `sealring recover`. */
export async function runRecover(host: Host, globals: Globals): Promise<ExitCode> {
  return finish({ host, globals }, await recover(await host.ports(globals)), RENDERER);
}
