import { expect, it } from "vitest";
import { authorizationRequest } from "../../src/oauth/authorization.ts";
import type { Party } from "../../src/oauth/client.ts";
import { readRedirect } from "../../src/oauth/redirect.ts";
import { exchangeCode } from "../../src/oauth/token.ts";
import { realRandom } from "../support/grant-ports.ts";
import { departing, json, ScriptedHttp } from "../support/scripted-http.ts";

const redirectUri = "https://app.acme.example/callback";

it("a server that names redirects gets the name, in the browser and with the code", async () => {
  const http = new ScriptedHttp(json(200, {}));
  const party: Party = {
    provider: departing({ redirect_uri_alias: "Acme-AcmeApp-PRD-1" }),
    client: { id: "client", secret: undefined },
  };
  const asked = await authorizationRequest(party, { scopes: [], redirectUri }, { http, random: realRandom });
  expect(new URL(asked.url).searchParams.get("redirect_uri")).toBe("Acme-AcmeApp-PRD-1");
  expect(asked.redirectUri).toBe(redirectUri);

  const redirect = readRedirect(new URLSearchParams({ state: asked.state, code: "c" }), asked, party);
  if (redirect.kind !== "code") throw new Error(redirect.kind);
  const { codeVerifier } = asked;
  await exchangeCode(http, party, { parameters: redirect.parameters, redirectUri, codeVerifier });
  expect(http.form(0)["redirect_uri"]).toBe("Acme-AcmeApp-PRD-1");
});
