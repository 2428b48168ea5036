import type { Progress, SecretSource } from "../ports.ts";
import { Secret } from "../secret.ts";

/** The `SecretSource` port: environment variables. An empty one is none, as GitHub gives it for a secret that is not set. */
export function environmentSecrets(
  env: Readonly<Record<string, string | undefined>>,
  progress: Pick<Progress, "mask">,
): SecretSource {
  return {
    read(name) {
      const value = env[name];
      if (value === undefined || value === "") return undefined;
      const secret = new Secret(value);
      progress.mask(secret);
      return secret;
    },
  };
}
