import { validate } from "../commands/validate.ts";
import { EXIT } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import { faultsAsAnnotations } from "../report/faults-github.ts";
import { faultsAsSarif } from "../report/faults-sarif.ts";
import { faultsAsText } from "../report/faults-text.ts";
import { validationAsJson } from "../report/validation-json.ts";
import type { Globals, Host } from "./host.ts";

export type ValidateFormat = "text" | "json" | "github" | "sarif";

export const VALIDATE_FORMATS: readonly ValidateFormat[] = ["text", "json", "github", "sarif"];

/** Runs `sealring validate`. */
export async function runValidate(
  host: Host,
  globals: Globals,
  { paths, format }: { readonly paths: readonly string[]; readonly format: ValidateFormat },
): Promise<ExitCode> {
  const repository = await host.repository(globals.directory);
  const environment = repository === undefined ? {} : { repository };
  const validation = validate(await host.files(globals.directory), { paths, environment });
  const asked = globals.format === "json" ? "json" : format;
  const text = render(host, validation, asked);
  if (asked === "github") host.command(text);
  else host.out(text);
  return validation.ok ? EXIT.done : EXIT.usage;
}

function render(host: Host, validation: ReturnType<typeof validate>, format: ValidateFormat): string {
  switch (format) {
    case "text":
      return faultsAsText(validation.faults, validation.results.length, { colour: host.colour });
    case "json":
      return validationAsJson(validation);
    case "github":
      return faultsAsAnnotations(validation.faults);
    case "sarif":
      return faultsAsSarif(validation.faults, host.version);
  }
}
