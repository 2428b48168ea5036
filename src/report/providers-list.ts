import type { FoundProvider } from "../commands/search-providers.ts";
import type { ShownProvider } from "../commands/providers.ts";
import { visible } from "../declaration/visible.ts";
import type { ProviderStatus } from "../providers/catalogue.ts";
import { ROTATION_LEGEND, rotationLabel } from "./rotation-words.ts";
import { table, toType, wrap } from "./table.ts";

/** What the other columns leave of 80. */
const NAME_WIDTH = 26;
const WIDTH = 80;

const STATUS: Readonly<Record<ProviderStatus, string>> = {
  active: "",
  approval_required: "approval",
  closed_to_new_apps: "closed",
  retired: "retired",
};

/** The catalogue, a provider on each line. `columns`: as many as the terminal has; undefined: there is none. */
export function catalogueAsText(all: readonly ShownProvider[], columns: number | undefined): string {
  const rows = all.map(({ entry, provider }) => [
    entry.id,
    shortened(entry.name, columns),
    rotationLabel(provider),
    deviceLabel({ entry, provider }),
    STATUS[entry.status],
  ]);
  const count = `${String(all.length)} providers. For all that is known of one, run: sealring providers show <id>`;
  const listed = table(["id", "name", "rotation", "device", "status"], rows, columns ?? Infinity);
  return `${listed}\n${wrap(ROTATION_LEGEND)}\n${wrap(count)}`;
}

/** What a search found, a provider on each line, and where in it; or that it found nothing. */
export function foundAsText(
  found: readonly FoundProvider[],
  words: readonly string[],
  columns: number | undefined,
): string {
  const [first] = found;
  if (first === undefined) return nothing(words);
  const intro = first.by === "close" ? `${wrap(`Nothing holds ${quoted(words)}. Perhaps this:`)}\n` : "";
  const rows = found.map((each) => [each.entry.id, shortened(each.entry.name, columns), placeOf(each)]);
  const next = toType(`sealring providers show ${first.entry.id}`);
  return `${intro}${table(["id", "name", "found in"], rows, columns ?? Infinity)}\n${next}`;
}

function nothing(words: readonly string[]): string {
  const text = `The catalogue has nothing like ${quoted(words)}. A provider that is not in it is declared by its issuer or endpoints: see docs/providers.md.`;
  return `${wrap(text)}\n${toType("sealring providers list")}`;
}

function quoted(words: readonly string[]): string {
  return `"${words.join(" ").slice(0, 60)}"`;
}

function placeOf({ by, scopes, meant = "" }: FoundProvider): string {
  switch (by) {
    case "name":
      return "name";
    case "close":
      return `name, by ${meant}`;
    case "traps":
      return "traps";
    case "docs":
      return "documentation";
    case "scope":
      return `${scopes.length === 1 ? "scope" : "scopes"} ${scopes.join(", ")}`;
  }
}

function deviceLabel({ entry, provider: { grants, metadata } }: ShownProvider): string {
  if (metadata.device_authorization_endpoint !== undefined || grants?.includes("device_code") === true)
    return "yes";
  return entry.none.includes("device_authorization_endpoint") || grants !== undefined ? "no" : "?";
}

function shortened(name: string, columns = Infinity): string {
  const text = visible(name);
  const width = Math.max(NAME_WIDTH, NAME_WIDTH + columns - WIDTH);
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
