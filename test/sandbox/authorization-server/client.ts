import { randomBytes } from "node:crypto";
import * as oauth from "oauth4webapi";
import { onTestFinished } from "vitest";
import { nodeHttpServer } from "../../../src/adapters/http-server.ts";
import { ISSUER_PATH } from "../../../src/sandbox/authorization-server/endpoint.ts";
import type { RegisteredClient } from "../../../src/sandbox/authorization-server/model.ts";
import { AuthorizationServerSandbox } from "../../../src/sandbox/authorization-server/server.ts";
import { ALLOW_ALL, consent } from "../../../src/sandbox/scripted-person.ts";
import type { Decision } from "../../../src/sandbox/scripted-person.ts";
import { ManualClock } from "../clock.ts";

export const REDIRECT_URI = "http://localhost:8484/callback";
export const SCOPE = "extapi:personal extapi:daily";

/** oauth4webapi refuses plain http unless it is told; the sandbox is on loopback. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so as to stand out, not because it goes away
export const INSECURE = { [oauth.allowInsecureRequests]: true };
/** oauth4webapi takes an id_token of null for a fault, so it reads answers without it, as sealring must. */
const WITHOUT_NULL_ID_TOKEN = {
  ...INSECURE,
  [oauth.customFetch]: async (url: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(url, init);
    const { id_token: idToken, ...rest } = (await response.json()) as Record<string, unknown>;
    const headers = { "content-type": "application/json" };
    return Response.json(idToken === null ? rest : { ...rest, id_token: idToken }, {
      status: response.status,
      headers,
    });
  },
};

/** An independent OAuth client, and the sandbox that it speaks to over HTTP. */
export interface TestClient {
  readonly sandbox: AuthorizationServerSandbox;
  readonly clock: ManualClock;
  readonly origin: string;
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly authentication: oauth.ClientAuth;
  readonly registered: RegisteredClient;
}

export async function connect(settings: Partial<RegisteredClient> = {}): Promise<TestClient> {
  const clock = new ManualClock();
  const sandbox = new AuthorizationServerSandbox(clock, randomBytes);
  const registered = sandbox.registerClient({ id: "the app", redirectUris: [REDIRECT_URI], ...settings });
  const running = await nodeHttpServer.serve({ kind: "loopback", port: 0 }, sandbox.handler);
  onTestFinished(() => running.close());
  const issuer = new URL(running.origin + ISSUER_PATH);
  const discovered = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...INSECURE });
  const server = await oauth.processDiscoveryResponse(issuer, discovered);
  const client = { client_id: registered.id };
  const authentication = oauth.ClientSecretBasic(registered.secret ?? "");
  return { sandbox, clock, origin: running.origin, server, client, authentication, registered };
}

/** The address of the authorization endpoint, with these parameters. */
export function authorizationUrl(
  { server }: TestClient,
  parameters: Readonly<Record<string, string>>,
): string {
  return `${String(server.authorization_endpoint)}?${new URLSearchParams(parameters).toString()}`;
}

/** Authorization code with PKCE from end to end. */
export async function authorize(
  test: TestClient,
  decision: Decision = ALLOW_ALL,
): Promise<oauth.TokenEndpointResponse> {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const url = authorizationUrl(test, {
    ...{
      response_type: "code",
      client_id: test.client.client_id,
      redirect_uri: REDIRECT_URI,
      scope: SCOPE,
      state,
    },
    ...{ code_challenge: challenge, code_challenge_method: "S256" },
  });
  const callback = await consent(test.sandbox.handler, url, decision);
  const parameters = oauth.validateAuthResponse(test.server, test.client, new URL(callback), state);
  const answer = await oauth.authorizationCodeGrantRequest(
    test.server,
    test.client,
    test.authentication,
    parameters,
    REDIRECT_URI,
    verifier,
    WITHOUT_NULL_ID_TOKEN,
  );
  return oauth.processAuthorizationCodeResponse(test.server, test.client, answer);
}

export async function refresh(test: TestClient, refreshToken: string): Promise<oauth.TokenEndpointResponse> {
  const { server, client, authentication } = test;
  const answer = await oauth.refreshTokenGrantRequest(
    server,
    client,
    authentication,
    refreshToken,
    WITHOUT_NULL_ID_TOKEN,
  );
  return oauth.processRefreshTokenResponse(server, client, answer);
}

/** A form straight to an endpoint, without a library. */
export async function post(
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  const text = await response.text();
  return { status: response.status, body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>) };
}
