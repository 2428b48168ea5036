import { listCatalogue, showProvider } from "../commands/providers.ts";
import { EXIT } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import { documentJson } from "../report/document.ts";
import { catalogueAsText, providerAsText } from "../report/providers-text.ts";
import type { Globals, Host } from "./host.ts";

/** Runs `sealring providers list`, or `show` with an id. */
export function runProviders(host: Host, globals: Globals, id: string | undefined): ExitCode {
  const shown = id === undefined ? undefined : showProvider(id);
  if (globals.format === "json") {
    const results = shown === undefined ? listCatalogue() : [{ ...shown.entry, ...shown.provider }];
    host.out(documentJson({ command: "providers", ok: true, results, faults: [] }));
  } else host.out(shown === undefined ? catalogueAsText(listCatalogue()) : providerAsText(shown));
  return EXIT.done;
}
