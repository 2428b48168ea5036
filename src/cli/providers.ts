import { listCatalogue, showProvider } from "../commands/providers.ts";
import type { ShownProvider } from "../commands/providers.ts";
import { searchCatalogue } from "../commands/search-providers.ts";
import { EXIT, SealringError } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import { findEntry } from "../providers/catalogue.ts";
import { documentJson } from "../report/document.ts";
import { providerJson } from "../report/providers-json.ts";
import { catalogueAsText, foundAsText } from "../report/providers-list.ts";
import { providerAsText } from "../report/providers-show.ts";
import type { Globals, Host } from "./host.ts";

/** Runs `sealring providers`: `list`, `search` with words, `show` with an id, or the id alone. @throws SealringError `usage` otherwise. */
export function runProviders(host: Host, globals: Globals, args: readonly string[]): ExitCode {
  const { results, text } = answerTo(host, args);
  if (globals.format === "json")
    host.out(
      documentJson({ command: "providers", ok: true, results: results.map(providerJson), faults: [] }),
    );
  else host.out(text());
  return EXIT.done;
}

interface Answer {
  readonly results: readonly ShownProvider[];
  readonly text: () => string;
}

function answerTo(host: Host, [action = "list", ...words]: readonly string[]): Answer {
  const [id] = words;
  const { columns } = host;
  if (action === "list" && words.length === 0) {
    const all = listCatalogue();
    return { results: all, text: () => catalogueAsText(all, columns) };
  }
  if (action === "search" && words.length > 0) {
    const found = searchCatalogue(listCatalogue(), words);
    return { results: found, text: () => foundAsText(found, words, columns) };
  }
  if (action === "show" && id !== undefined && words.length === 1) {
    const shown = showProvider(id);
    return { results: [shown], text: () => providerAsText(shown) };
  }
  if (id === undefined && findEntry(action.toLowerCase()) !== undefined)
    return answerTo(host, ["show", action]);
  throw new SealringError("usage", "providers takes `list`, `search` and words, or `show` and an id", {
    hint: "run: sealring providers show oura",
  });
}
