/**
 * The house's walls: who may import whom. A module imports ranks below its own, and its own folder.
 * Each line is a rank, the lowest first: folders or files right under `src/`. What is missing here has no place yet, and
 * the linter says so.
 */
const LADDER = [
  ["errors.ts", "secret.ts", "duration.ts", "hiding.ts", "instant.ts", "secure-url.ts"],
  ["ports.ts", "http-server.ts", "github.ts", "github-settings.ts", "github-limits.ts", "permissions.ts"],
  ["providers"],
  ["declaration", "oauth"],
  ["envelope", "journal"],
  ["lifetime.ts", "plan.ts", "demand.ts", "request-cost.ts", "adding", "stores", "grants", "workflow"],
  ["protocol"],
  ["alerts", "difference", "doctor", "simulate"],
  ["commands"],
  ["report"],
  ["page"],
  ["console", "sandbox"],
  ["cli"],
  ["cli.ts"],
  ["adapters"],
  ["main.ts"],
  ["action.ts"],
];

/** The entries of a process: they wire adapters. */
const ENTRIES = ["main.ts", "action.ts"];

const RANKS = new Map(LADDER.flatMap((places, rank) => places.map((place) => [place, rank])));

/** Packages that do I/O, or read the clock or chance: only adapters and main.ts import them. */
const OUTSIDE =
  /^(undici|@octokit\/.+|@hono\/node-server(\/.+)?|(node:)?(child_process|cluster|dgram|dns|fs|http|http2|https|inspector|net|os|perf_hooks|readline|repl|timers|tls|tty|worker_threads)(\/promises)?)$/;

/** The process itself: the entries alone. */
const PROCESS = /^(node:)?process$/;

/**
 * What is wrong with `importer` (a path under src/, with forward slashes) importing `specifier`; undefined when nothing is.
 */
export function importFault(importer, specifier) {
  const from = placeOf(importer);
  if (!RANKS.has(from)) return `src/${from} has no rank yet: give it one in scripts/lint/ranks.mjs.`;
  if (!specifier.startsWith(".")) return packageFault(from, specifier);
  const target = resolve(importer, specifier);
  if (target === undefined) return undefined;
  if (!/\.(tsx?|json)$/.test(specifier) && !target.includes("/generated/")) {
    return `A relative import ends in .ts or .tsx: "${specifier}".`;
  }
  return rankFault(from, placeOf(target));
}

function packageFault(from, specifier) {
  if (PROCESS.test(specifier) && !ENTRIES.includes(from))
    return "Only main.ts touches the process: take what is needed as data.";
  if (OUTSIDE.test(specifier) && !ENTRIES.includes(from) && from !== "adapters") {
    return `Only adapters import "${specifier}": take a port instead.`;
  }
  return undefined;
}

function rankFault(from, to) {
  const own = RANKS.get(from);
  const other = RANKS.get(to);
  if (other === undefined) return `src/${to} has no rank yet: give it one in scripts/lint/ranks.mjs.`;
  const sameFolder = from === to || (from.endsWith(".ts") && to.endsWith(".ts"));
  if (other < own || (other === own && sameFolder)) return undefined;
  return `src/${from} (rank ${own}) must not import src/${to} (rank ${other}): a module imports lower ranks only.`;
}

/** The folder or file right under src/ that a path belongs to. */
function placeOf(path) {
  return path.split("/")[0];
}

/** The path under src/ that a relative specifier names; undefined when it leads out of src/ (package.json, schemas/). */
function resolve(importer, specifier) {
  const parts = importer.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}
