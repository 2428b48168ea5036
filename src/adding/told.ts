import type { DestinationDeclaration } from "../declaration/generated/credential.ts";
import type { ProviderDeclaration } from "../providers/generated/provider.ts";
import type { Grant } from "../providers/provider.ts";
import type { ParameterValues } from "../providers/template.ts";

/** A client with a secret, or without (RFC 6749 §2.1). */
export type ClientKind = "confidential" | "public";

/** What happens to a refresh token that is used, where one word says it. Empty: not known. */
export type ToldRotation = "" | Exclude<NonNullable<ProviderDeclaration["rotation"]>, "grace">;

/** As it is written: a secret's name, and the field of the token set that goes into it. */
export interface NewOutput {
  readonly secretName: string;
  readonly field: string;
}

/** As it is written, and not judged. */
export type NewDestination = Readonly<DestinationDeclaration>;

/**
 * What somebody told of a new credential, at a terminal or by options, and nobody has judged. An empty text is told, too:
 * it leaves the member out.
 */
export interface Told {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly owner?: string | undefined;
  /** Of a provider that is not in the catalogue. */
  readonly rotation?: ToldRotation | undefined;
  readonly parameters?: ParameterValues | undefined;
  readonly grant?: Grant | undefined;
  readonly redirectUri?: string | undefined;
  readonly clientId?: string | undefined;
  readonly client?: ClientKind | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly outputs?: readonly NewOutput[] | undefined;
  /** None: this repository. */
  readonly destinations?: readonly NewDestination[] | undefined;
  readonly environment?: string | undefined;
}
