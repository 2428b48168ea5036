import type { StoreTarget } from "../../github.ts";

type Level = "read" | "write";

/** What an App's token is for: each use gets its own, which can do nothing else. */
export type AppUse = "secrets" | "settings" | "administration" | "journal";

/** The permissions of each use, by the names that GitHub gives them for Apps. */
const WANTED: Readonly<Record<AppUse, Readonly<Record<string, Level>>>> = {
  secrets: {
    metadata: "read",
    environments: "write",
    secrets: "write",
    dependabot_secrets: "write",
    codespaces_secrets: "write",
    organization_secrets: "write",
    organization_dependabot_secrets: "write",
    organization_codespaces_secrets: "write",
  },
  settings: { metadata: "read", actions: "read", contents: "read" },
  administration: { metadata: "read", actions: "read", administration: "write" },
  journal: { metadata: "read", actions: "write", contents: "write", issues: "write" },
};

/** More than these cannot be named in one token. */
const MAX_REPOSITORIES = 500;

/** What of its use's permissions an installation has. Asking for more would be refused. */
export function permissionsFor(
  use: AppUse,
  granted: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const held = Object.entries(WANTED[use]).flatMap(([name, level]) => {
    const own = granted.get(name);
    return own === undefined ? [] : [[name, own === "read" ? own : level]];
  });
  return Object.fromEntries(held) as Readonly<Record<string, string>>;
}

/** Whether an installation has a permission. */
export function grants(granted: ReadonlyMap<string, string>, name: string, level: Level): boolean {
  const own = granted.get(name);
  return own !== undefined && (level === "read" || own !== "read");
}

/** The repositories whose secrets are written, and those that are to read an organization's: owner/name. */
export function repositoriesOf(targets: readonly StoreTarget[]): readonly string[] {
  return targets.flatMap((target) =>
    target.kind === "organization"
      ? target.repositories.map((name) => `${target.organization}/${name}`)
      : [target.repository],
  );
}

/** The names of an owner's among repositories; undefined where none can be named: there is none, or too many. */
export function namesOf(owner: string, repositories: readonly string[]): readonly string[] | undefined {
  const prefix = `${owner.toLowerCase()}/`;
  const own = repositories.map((each) => each.toLowerCase()).filter((each) => each.startsWith(prefix));
  const names = [...new Set(own.map((each) => each.slice(prefix.length)))];
  return names.length === 0 || names.length > MAX_REPOSITORIES ? undefined : names;
}
