const LETTERS = /^[A-Z_][A-Z0-9_]*$/i;

/** What is wrong with a secret's name; undefined when nothing is. */
export function faultOfSecretName(name: string): string | undefined {
  if (!LETTERS.test(name)) {
    return "Secret names take letters, digits and underscores only, and do not start with a digit.";
  }
  return name.toUpperCase().startsWith("GITHUB_") ? "Secret names must not start with GITHUB_." : undefined;
}
