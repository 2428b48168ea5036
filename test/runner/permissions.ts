import type { Permissions } from "../../src/sandbox/github/permissions.ts";
import type { Json } from "./expression.ts";

/** What `permissions:` can give a job's token (docs: "Workflow syntax", permissions). It never holds the secrets of anything. */
const NAMES = [
  ...["actions", "attestations", "checks", "contents", "deployments", "discussions", "id-token", "issues"],
  ...["models", "packages", "pages", "pull-requests", "security-events", "statuses"],
];

export type TokenPermissions = Readonly<Record<string, "read" | "write">>;

/** What a job's token may: what its `permissions:` say and nothing else, or what the workflow's do where it has none. */
export function tokenPermissions(job: Json | undefined, workflow: Json | undefined): TokenPermissions {
  const asked = job ?? workflow;
  if (asked === null || typeof asked !== "object")
    throw new Error("neither job nor workflow say permissions");
  const entries = Object.entries(asked).filter(([, level]) => level !== "none");
  const odd = entries.find(
    ([name, level]) => !NAMES.includes(name) || (level !== "read" && level !== "write"),
  );
  if (odd !== undefined) throw new Error(`permissions cannot say so of ${odd[0]}`);
  return Object.fromEntries(entries) as TokenPermissions;
}

/** GitHub starts no run in which a called workflow asks for more than its caller has. */
export function refuseMore(called: TokenPermissions, caller: TokenPermissions): void {
  for (const [name, level] of Object.entries(called)) {
    if (caller[name] === "write" || caller[name] === level) continue;
    throw new Error(
      `the called workflow asks for ${name}: ${level}, but is only allowed ${caller[name] ?? "none"}`,
    );
  }
}

/** The same by the names of the sandbox's tokens. */
export function sandboxPermissions(permissions: TokenPermissions): Permissions {
  return { ...(permissions as Permissions), metadata: "read" };
}
