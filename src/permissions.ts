const LEVELS: ReadonlyMap<string, string> = new Map([
  ["read", "Read-only"],
  ["write", "Read and write"],
  ["admin", "Admin"],
]);

const ORGANIZATION = "organization_";

/**
 * `X-Accepted-GitHub-Permissions` in the words of GitHub's settings page: `secrets=write; organization_secrets=write`
 * reads `"Secrets: Read and write" (repository) or "Secrets: Read and write" (organization)`.
 * A `;` parts alternatives, a `,` what is needed together (docs.github.com, "Troubleshooting the REST API").
 */
export function permissionsInWords(header: string): string {
  return header
    .split(";")
    .map((needed) => needed.split(",").map(inWords).join(" and "))
    .join(" or ");
}

/** The same for one: `secrets=write`. An organization's keys begin with `organization_`. */
function inWords(permission: string): string {
  const [key = "", level = ""] = permission.trim().split("=");
  const place = key.startsWith(ORGANIZATION) ? "organization" : "repository";
  const name = (place === "organization" ? key.slice(ORGANIZATION.length) : key).replaceAll("_", " ");
  return `"${name.charAt(0).toUpperCase()}${name.slice(1)}: ${LEVELS.get(level) ?? level}" (${place})`;
}
