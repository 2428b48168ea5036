import type { Credential } from "../declaration/credential.ts";
import { toProvider } from "../providers/model.ts";

/** 100 secrets an environment, of which the canary and a client secret take two. */
const PER_ENVIRONMENT = 98;

const PROVIDER = toProvider({ rotation: "single_use" }, { id: "inline", name: "made up" });

export interface MadeUp {
  readonly credentials: number;
  /** Of each credential. */
  readonly outputs: number;
  /** Of each output. */
  readonly destinations: number;
}

/** So many credentials, in as few environments as hold them. */
export function madeUpCredentials({ credentials, outputs, destinations }: MadeUp): readonly Credential[] {
  return Array.from({ length: credentials }, (_, index) => {
    const environment = `sealring-${String(Math.floor(index / PER_ENVIRONMENT) + 1)}`;
    return {
      ...{ name: `credential-${String(index + 1)}`, description: undefined, owner: undefined },
      ...{ provider: PROVIDER, grant: "authorization_code", scopes: [], redirectUri: undefined },
      client: { id: "client", secretName: "CLIENT_SECRET" },
      outputs: upTo(outputs, (output) => ({
        secretName: `CREDENTIAL_${String(index + 1)}_${output}`,
        field: "access_token",
      })),
      destinations: upTo(destinations, (destination) => ({
        ...{ kind: "environment", repository: `acme/consumer-${destination}`, environment },
      })),
      ...{ environment, marginSeconds: undefined, file: "" },
    };
  });
}

function upTo<Item>(count: number, item: (number: string) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => item(String(index + 1)));
}
