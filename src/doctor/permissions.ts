import type { Access, PermissionNeed, TokenFacts } from "../github-settings.ts";
import { permissionsInWords } from "../permissions.ts";
import type { Finding } from "./finding.ts";
import type { Need } from "./needs.ts";

/** A permission, and whether the token has it. */
export interface Answered {
  readonly need: Need;
  readonly may: "yes" | "no" | "unknown";
}

/** Of which token it is told, and where to give it more. */
export interface Holder {
  readonly kind: TokenFacts["kind"];
  readonly access: Access;
}

/** What the answers come to: one finding for each that is missing, one for those that are there, one for the unknown. */
export function judgePermissions(answers: readonly Answered[], holder: Holder): readonly Finding[] {
  const of = (may: Answered["may"]) => answers.filter((answer) => answer.may === may).map(({ need }) => need);
  const about = "permissions";
  const [held, unknown] = [of("yes"), of("unknown")];
  return [
    ...of("no").map((need) => missing(need, holder)),
    ...(held.length === 0 ? [] : [{ kind: "ok", about, found: listed(held) } as const]),
    ...(unknown.length === 0
      ? []
      : [{ kind: "skipped", about, found: `cannot be found out by asking: ${listed(unknown)}` } as const]),
  ];
}

function missing(need: Need, holder: Holder): Finding {
  const found = `the token lacks ${inWords(need)} on ${placeOf(need)}, ${need.purpose}`;
  return { kind: need.gravity, about: "permissions", found, fix: fixFor(need, holder) };
}

function placeOf({ on }: PermissionNeed): string {
  return "repository" in on ? on.repository : on.organization;
}

/** The permissions of each place; places that have the same ones together. */
function listed(needs: readonly Need[]): string {
  const held = grouped(needs, placeOf, nameOf);
  const places = grouped(
    [...held],
    ([, names]) => [...names].join(", "),
    ([place]) => place,
  );
  return [...places]
    .map(([names, on]) => `${names} on ${on.size === 1 ? [...on].join("") : `${String(on.size)} places`}`)
    .join("; ");
}

function grouped<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  valueOf: (item: Item) => string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const item of items)
    groups.set(keyOf(item), (groups.get(keyOf(item)) ?? new Set()).add(valueOf(item)));
  return groups;
}

/** `Contents`, without its level. */
function nameOf(need: PermissionNeed): string {
  return inWords(need).replace(/^"([^:]+):.*$/, "$1");
}

function inWords({ permission, level }: PermissionNeed): string {
  return permissionsInWords(`${permission}=${level}`);
}

function fixFor(need: Need, { kind, access: { webUrl } }: Holder): string {
  const words = inWords(need);
  switch (kind) {
    case "fine_grained":
    case "unknown":
      return `edit the token and give it ${words}: ${webUrl}/settings/personal-access-tokens${resourceOwner(need)}`;
    case "app":
      return (
        `give the App ${words} under "Permissions & events" of its settings, ${webUrl}/settings/apps, ` +
        `accept that for its installation, and let it be installed on ${placeOf(need)}`
      );
    case "actions":
      return fixForJob(need);
    case "classic":
    case "oauth":
      return fixForScopes(need, { kind, webUrl });
  }
}

/** A token reaches what belongs to its one resource owner. */
function resourceOwner(need: PermissionNeed): string {
  const owner = placeOf(need).split("/", 1).join("");
  return ` ("Resource owner" must be ${owner}, and ${placeOf(need)} among what it may access)`;
}

const OF_A_JOB: readonly string[] = ["actions", "contents", "issues"];

function fixForJob({ permission, level }: PermissionNeed): string {
  return OF_A_JOB.includes(permission)
    ? `run: sealring apply (its workflow has \`${permission}: ${level}\` among the job's permissions)`
    : "a job's GITHUB_TOKEN can never do that: give the workflow SEALRING_GITHUB_TOKEN, or a GitHub App (github.app)";
}

function fixForScopes(
  need: PermissionNeed,
  { kind, webUrl }: { readonly kind: "classic" | "oauth"; readonly webUrl: string },
): string {
  const scope = scopeFor(need);
  const way =
    kind === "oauth"
      ? `run: gh auth refresh --hostname ${new URL(webUrl).host} --scopes ${scope}`
      : `give it the scope ${scope}: ${webUrl}/settings/tokens`;
  return `${way}; whoever it belongs to needs ${roleFor(need)}, too`;
}

/** By which a person may do that at all. */
function roleFor(need: PermissionNeed): string {
  if ("organization" in need.on) return `to be an owner of ${placeOf(need)}`;
  const writes = need.permission === "workflows" || OF_A_JOB.includes(need.permission);
  return `the ${writes ? "Write" : "Admin"} role in ${placeOf(need)}`;
}

function scopeFor({ permission, on }: PermissionNeed): string {
  if (permission === "workflows") return "workflow";
  return "repository" in on ? "repo" : "admin:org";
}
