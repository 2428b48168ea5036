import type { Flow } from "../../commands/authorizing.ts";
import { declare } from "../../commands/context.ts";
import type { Declared } from "../../commands/context.ts";
import type { Credential } from "../../declaration/credential.ts";
import type { Fault } from "../../declaration/fault.ts";
import { isClientRefused } from "../../oauth/error-class.ts";
import type { Console } from "../console.ts";
import type { Operation } from "../operation.ts";
import { sendingOf } from "./sending.ts";
import type { Sending } from "./sending.ts";

/** A way in which a grant is given; `client_credentials` takes no person. */
export type Way = Flow | "client_credentials";

/** What is at hand of a client secret; `refused`: one is, and the provider did not take it the last time. */
export type SecretState = "none_needed" | "at_hand" | "wanted" | "refused";

export interface Subject {
  readonly declared: Declared;
  readonly credential: Credential;
  /** The usual one first. */
  readonly ways: readonly [Way, ...Way[]];
  readonly secret: SecretState;
  /** undefined: the client has no secret. */
  readonly sending: Sending | undefined;
  /** The newest authorization of this console; undefined: none, or something else came after it. */
  readonly operation: Operation | undefined;
  /** Something else that this console does for the credential just now. */
  readonly other: Operation | undefined;
}

export type Found =
  | { readonly kind: "found"; readonly subject: Subject }
  | { readonly kind: "unknown" }
  | { readonly kind: "faulty"; readonly faults: readonly Fault[] };

/** What the page on authorizing a credential is about. Asks nobody. */
export function findSubject(console: Console, name: string): Found {
  const { ports, operations } = console;
  const declaring = declare(ports);
  if (declaring.kind === "faulty") return declaring;
  const { declared } = declaring;
  const credential = declared.credentials.find((each) => each.name === name);
  if (credential === undefined) return { kind: "unknown" };
  const newest = operations.newestOf(name);
  const operation = newest?.kind === "authorize" ? newest : undefined;
  const other = newest?.kind === "authorize" || newest?.end !== undefined ? undefined : newest;
  const secret = secretState(ports, credential, operation);
  const sending = sendingOf(console, credential);
  const own = { declared, credential, ways: waysOf(credential), secret, sending };
  return { kind: "found", subject: { ...own, operation, other } };
}

function waysOf({ grant, redirectUri }: Credential): Subject["ways"] {
  switch (grant) {
    case "authorization_code":
      // Another scheme comes to no listener of this machine's.
      return redirectUri === undefined || redirectUri.startsWith("http:") ? ["loopback", "paste"] : ["paste"];
    case "device_code":
      return ["device"];
    case "client_credentials":
      return ["client_credentials"];
  }
}

function secretState(
  { secrets }: Console["ports"],
  { client: { secretName } }: Credential,
  operation: Operation | undefined,
): SecretState {
  if (secretName === undefined) return "none_needed";
  if (secrets.read(secretName) === undefined) return "wanted";
  const end = operation?.end;
  return end?.kind === "failed" && isClientRefused(end.error) ? "refused" : "at_hand";
}
