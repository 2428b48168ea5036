import { authorize } from "../commands/authorize.ts";
import type { AuthorizeRequest } from "../commands/authorizing.ts";
import type { Ports, Report } from "../commands/context.ts";
import { finishDeviceGrant, requestDeviceGrant } from "../commands/device-parts.ts";
import type { PartPorts } from "../commands/device-parts.ts";
import { SealringError } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import type { Browser } from "../ports.ts";
import type { AuthorizationWaits, Authorized } from "../protocol/authorize.ts";
import { authorizeJson, authorizeText } from "../report/authorize.ts";
import { deviceJson, deviceText } from "../report/device.ts";
import { authorizeSummary, deviceSummary } from "../report/summary.ts";
import type { Globals, Host } from "./host.ts";
import { finish } from "./output.ts";

export interface AuthorizeOptions extends AuthorizeRequest {
  /** `print`: no browser is opened, the person gets the address. */
  readonly browser: "open" | "print";
  /** Of a device grant in two steps of a job. */
  readonly part: "whole" | "request" | "finish";
}

/** Runs `sealring authorize`. */
export async function runAuthorize(
  host: Host,
  globals: Globals,
  options: AuthorizeOptions,
): Promise<ExitCode> {
  const ports = await host.ports(globals);
  switch (options.part) {
    case "whole": {
      const browser = options.browser === "open" ? ports.browser : NO_BROWSER;
      return tell({ host, globals }, await authorize({ ...ports, browser }, options));
    }
    case "request": {
      const report = await requestDeviceGrant(await withHandover(host, ports), options);
      await (await host.step())?.summarize(deviceSummary(report.results));
      return finish({ host, globals }, report, { text: deviceText, json: deviceJson });
    }
    case "finish":
      return tell({ host, globals }, await finishDeviceGrant(await withHandover(host, ports), options));
  }
}

const NO_BROWSER: Browser = { open: () => Promise.resolve(false) };

async function tell(
  { host, globals }: { readonly host: Host; readonly globals: Globals },
  report: Report<Authorized | AuthorizationWaits>,
): Promise<ExitCode> {
  await (await host.step())?.summarize(authorizeSummary(report.results));
  return finish({ host, globals }, report, { text: authorizeText, json: authorizeJson });
}

async function withHandover(host: Host, ports: Ports): Promise<PartPorts> {
  const step = await host.step();
  if (step !== undefined) return { ...ports, handover: step.handover() };
  throw new SealringError("usage", "--part is for the steps of a GitHub Actions job, and this is none", {
    hint: "leave --part out: sealring authorize then asks for the code and waits for it",
  });
}
