const SCHEMAS = "https://raw.githubusercontent.com/sealring/sealring/main/schemas";

/** A file's first line: editors then complete, explain and check what is typed. */
export function modeline(schema: "credential" | "project"): string {
  return `yaml-language-server: $schema=${SCHEMAS}/${schema}.schema.json`;
}
