import { json } from "./endpoint.ts";
import type { Visit } from "./endpoint.ts";

/** Oura's `GET /v2/usercollection/personal_info`: proves an access token that has the scope `personal`. */
export function personalInfo({ headers, state, now }: Visit): Response {
  const [, value = ""] = /^bearer (.+)$/i.exec(headers.get("authorization") ?? "") ?? [];
  const token = state.accessTokens.get(value);
  if (token === undefined || token.revoked || token.grant.revoked || now >= token.expiresAt) {
    const challenge = { "www-authenticate": 'Bearer error="invalid_token"' };
    return json(
      401,
      { status: 401, title: "Unauthorized", detail: "The access token is not valid." },
      challenge,
    );
  }
  if (!token.grant.scopes.includes("personal")) {
    return json(403, {
      status: 403,
      title: "Forbidden",
      detail: "The access token lacks the personal scope.",
    });
  }
  const person = { age: 36, weight: 70.5, height: 1.75, biological_sex: "female", email: null };
  return json(200, { id: "sandbox-person", ...person });
}
