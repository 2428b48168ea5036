import type { ClientKind } from "../../adding/told.ts";
import { Secret } from "../../secret.ts";
import type { Problem } from "../form/read.ts";
import type { Typed } from "../form/typed.ts";

/** The inputs about the client that are no member of the file. */
export const CLIENT_ID_AGAIN = "client_id_again";
export const CLIENT_KIND = "client_kind";
export const CLIENT_SECRET = "client_secret";

/** What was said of the client beside what its file says. */
export interface ClientForm {
  /** undefined: as the provider has it. */
  readonly kind: ClientKind | undefined;
  /** undefined: none was typed. It is in no page that comes back. */
  readonly secret: Secret | undefined;
  readonly problems: readonly Problem[];
}

/** `known`: the client id that needs no second look, because it is in the file already. */
export function readClient(typed: Typed, known: string | undefined): ClientForm {
  const said = typed.one(CLIENT_KIND);
  const kind = said === "public" || said === "confidential" ? said : undefined;
  const text = typed.one(CLIENT_SECRET).trim();
  const id = typed.one("client/id").trim();
  const again = typed.one(CLIENT_ID_AGAIN).trim();
  // Kept as a secret, it would be hidden in the very fields that it belongs into.
  const isId = text !== "" && [id, again, known].includes(text);
  const secret = text === "" || isId ? undefined : new Secret(text);
  const differs = id !== "" && id !== known && id !== again;
  const isOdd = kind === "public" && secret !== undefined;
  return {
    kind,
    secret,
    problems: [
      ...(differs ? [again === "" ? ONCE_ONLY : DIFFERENT] : []),
      ...(isId ? [ID_AS_SECRET] : []),
      ...(isOdd ? [PUBLIC] : []),
    ],
  };
}

const ONCE_ONLY: Problem = {
  name: CLIENT_ID_AGAIN,
  message: "the client id is typed once only",
  hint: "type it again: a slip here shows only when somebody authorizes",
};

const DIFFERENT: Problem = {
  name: CLIENT_ID_AGAIN,
  message: "the two client ids are not the same",
  hint: "compare them with the provider's page",
};

/** Its words serve every field that takes a client secret. */
export const ID_AS_SECRET: Problem = {
  name: CLIENT_SECRET,
  message: "this is the client id, not its secret",
  hint: "copy the secret from beside it on the provider's page",
};

const PUBLIC: Problem = {
  name: CLIENT_SECRET,
  message: "a client without a secret has none to seal",
  hint: "leave it empty, or say that there is one",
};
