import type { App, Installation } from "./apps.ts";
import { repositoriesOf } from "./apps.ts";
import type { Repository } from "./model.ts";
import { fullName } from "./model.ts";
import type { Answer, Call } from "./operation.ts";
import { problem, timestamp } from "./operation.ts";
import type { Level, Permission, Permissions, Token } from "./permissions.ts";
import { grants } from "./permissions.ts";
import { repositoryView } from "./repositories.ts";
import { addToken } from "./tokens.ts";

const LIFETIME_MILLISECONDS = 3_600_000;

/** A token for an hour, with what the installation has or less of it. */
export function createToken(call: Call, installation: Installation, app: App): Answer {
  const permissions = narrowedPermissions(call, installation);
  if (permissions === undefined)
    return problem(422, "The permissions requested are not granted to this installation.");
  const selected = narrowedRepositories(call, installation);
  if (selected === undefined) {
    const unknown =
      "There is at least one repository that does not exist or is not accessible to the parent installation.";
    return problem(422, unknown);
  }
  const narrowed = "repositories" in call.body || "repository_ids" in call.body;
  const expiresAt = new Date(call.now.getTime() + LIFETIME_MILLISECONDS);
  const { value } = addToken(call.github, {
    ...{ kind: "installation", login: `${app.slug}[bot]`, permissions, expiresAt },
    repositories: selected.map(fullName),
    limitKey: `installation:${String(installation.id)}`,
  });
  const body = {
    token: value,
    expires_at: timestamp(expiresAt),
    permissions: { ...permissions, metadata: "read" },
    repository_selection: narrowed || installation.repositories !== "all" ? "selected" : "all",
    ...(narrowed ? { repositories: selected.map((each) => repositoryView(call.apiUrl, each)) } : {}),
  };
  return { status: 201, body };
}

/** undefined: more is asked for than there is. */
function narrowedPermissions({ body }: Call, { permissions }: Installation): Permissions | undefined {
  const asked = body["permissions"];
  if (typeof asked !== "object" || asked === null) return permissions;
  const needs = (Object.entries(asked) as [Permission, Level][]).map(([permission, level]) => {
    return { permission, level };
  });
  const held = { ...permissions, metadata: "read" } as const;
  return needs.every((need) => grants(held, need)) ? asked : undefined;
}

/** By name within the account, or by id; undefined: one of them is not the installation's. */
function narrowedRepositories(
  { body, github }: Call,
  installation: Installation,
): readonly Repository[] | undefined {
  const seen = repositoriesOf(github, installation);
  const names = listOf(body["repositories"]).map((name) => String(name).toLowerCase());
  const ids = listOf(body["repository_ids"]).map(Number);
  if (names.length + ids.length === 0) return seen;
  const selected = seen.filter(({ id, name }) => ids.includes(id) || names.includes(name.toLowerCase()));
  return selected.length === new Set(names).size + new Set(ids).size ? selected : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The token itself is the only one that can. */
export function revokeToken({ github }: Call, { kind, value }: Token): Answer {
  if (kind !== "installation") return problem(403, "You must authenticate with an installation access token");
  github.tokens.delete(value);
  return { status: 204 };
}
