import type { Grant, Provider } from "../providers/provider.ts";
import type { ClientKind } from "./told.ts";

const GRANTS: readonly Grant[] = ["authorization_code", "device_code", "client_credentials"];

/** The grants to choose from; where the provider's are not known, those whose endpoint may be there. */
export function grantsOf({ grants, metadata }: Provider): readonly Grant[] {
  const isDiscovered = metadata.token_endpoint === undefined;
  const hasDevices = metadata.device_authorization_endpoint !== undefined || isDiscovered;
  return grants ?? GRANTS.filter((grant) => grant !== "device_code" || hasDevices);
}

/** The kinds of client that may use the grant. The client credentials grant is for those with a secret (RFC 6749 §4.4). */
export function clientKindsOf({ metadata }: Provider, grant: Grant): readonly ClientKind[] {
  const { token_endpoint_auth_methods_supported: methods } = metadata;
  if (grant === "client_credentials") return ["confidential"];
  if (methods === undefined) return ["confidential", "public"];
  if (!methods.includes("none")) return ["confidential"];
  return methods.length === 1 ? ["public"] : ["confidential", "public"];
}
