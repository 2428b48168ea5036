import { authorize } from "../commands/authorize.ts";
import type { AuthorizeRequest } from "../commands/authorize.ts";
import type { ExitCode } from "../errors.ts";
import type { Browser } from "../ports.ts";
import { authorizeJson, authorizeText } from "../report/authorize.ts";
import type { Globals, Host } from "./host.ts";
import { finish } from "./output.ts";

export interface AuthorizeOptions extends AuthorizeRequest {
  /** `print`: no browser is opened, the person gets the address. */
  readonly browser: "open" | "print";
}

/** Runs `sealring authorize`. */
export async function runAuthorize(
  host: Host,
  globals: Globals,
  options: AuthorizeOptions,
): Promise<ExitCode> {
  const ports = await host.ports(globals);
  const browser = options.browser === "open" ? ports.browser : NO_BROWSER;
  const report = await authorize({ ...ports, browser }, options);
  return finish({ host, globals }, report, { text: authorizeText, json: authorizeJson });
}

const NO_BROWSER: Browser = { open: () => Promise.resolve(false) };
