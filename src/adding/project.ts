import type { NewFile } from "./document.ts";
import { modeline } from "./schemas.ts";

/** `sealring.yaml` of a repository that has none: the two lines that are worth knowing from the first day. */
export function projectFile(repository: string | undefined): NewFile {
  const known = repository !== undefined && REPOSITORY.test(repository);
  return {
    path: "sealring.yaml",
    text: `# ${modeline("project")}

# What holds for every credential of this repository. Every line has a default.
version: 1

# It holds the sealed tokens, and the branch that says how each credential is.
${known ? `repository: ${repository}` : "# repository: owner/name"}

# Its secrets hold refresh tokens and client secrets. \`sealring apply\` makes it.
# null where the plan of a private repository has no environments.
environment: sealring
`,
  };
}

/** Nothing that YAML could take for something else. */
const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+$/;
