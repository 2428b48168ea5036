import type { Declared } from "../declared.ts";
import type { Life } from "../life.ts";
import type { Departure } from "./departure.ts";

/** What is said of an access token that does not work. */
async function stillborn(life: Life): Promise<unknown> {
  life.emulator.books.issuesWorkingTokens = false;
  const result = await life.authorize();
  return result !== undefined && "verification" in result ? result.verification : undefined;
}

function revoking(revocation: NonNullable<Declared["revocation"]>): Departure {
  return { server: { revocation } };
}

function verifying(verification: NonNullable<Declared["verification"]>): Departure {
  return { server: { verification } };
}

/** How a grant is ended, and how an access token is tried. */
export const RESOURCES: Readonly<Record<string, Departure>> = {
  "revocation.method": revoking({ method: "DELETE", token_in: "query" }),
  "revocation.tokens": revoking({ tokens: ["access_token"] }),
  "revocation.token_in": revoking({ token_in: "json" }),
  "revocation.token_parameter": revoking({ token_parameter: "refresh_token", tokens: ["refresh_token"] }),
  "revocation.client_authentication": revoking({ client_authentication: "none" }),
  "revocation.parameters": revoking({ parameters: { action: "revoke" } }),
  "revocation.headers": revoking({ headers: { "Api-Version": "2022-06-28" } }),
  "revocation.success": {
    server: { revocation: { success: { pointer: "/ok", equals: true }, tokens: ["refresh_token"] } },
    // The server refuses the request, and says so with status 200.
    told: (declared) => ({ ...declared, revocation: { ...declared.revocation, token_parameter: "wrong" } }),
    untold: ({ revocation, ...declared }) => ({
      ...declared,
      revocation: { tokens: ["refresh_token"], token_parameter: "wrong" },
    }),
    sees: async (life) => {
      await life.authorize();
      return life.revoke().then(
        (result) => result?.outcome,
        () => "refused",
      );
    },
    seen: "refused",
    unseen: "revoked",
  },
  "verification.method": verifying({ method: "POST" }),
  "verification.authorization_scheme": verifying({ authorization_scheme: "OAuth" }),
  "verification.token_header": verifying({ token_header: "X-Access-Token" }),
  "verification.token_parameter": verifying({ token_parameter: "access_token" }),
  "verification.headers": verifying({ headers: { "Client-Id": "{client_id}" } }),
  "verification.form": verifying({ method: "POST", form: { action: "getdevice" } }),
  "verification.json": verifying({ method: "POST", json: { query: "{viewer{id}}" } }),
  "verification.success": {
    ...verifying({ success: { pointer: "/ok", equals: true } }),
    sees: stillborn,
    seen: "refused",
    unseen: "works",
  },
};
