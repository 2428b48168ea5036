import type { ProviderDeclaration } from "./generated/provider.ts";
import type {
  DeviceDepartures,
  Provider,
  Renewal,
  Revocation,
  TokenRequests,
  VerificationRequest,
} from "./provider.ts";

type Requests = Pick<
  Provider,
  | "client"
  | "pkceRequired"
  | "authorizationParameters"
  | "tokenRequests"
  | "refresh"
  | "exchange"
  | "device"
  | "revocation"
  | "verification"
>;

/** How requests depart from the RFCs: what is left out is as they say. */
export function requestsOf(declaration: ProviderDeclaration): Requests {
  return {
    client: {
      idParameter: declaration.client_id_parameter ?? "client_id",
      basicUser: declaration.client_secret_basic_user ?? "client_id",
      basicEncoding: declaration.client_secret_basic_encoding ?? "form",
      assertionAudience: declaration.client_assertion_audience ?? "issuer",
    },
    pkceRequired: declaration.pkce_required ?? false,
    authorizationParameters: declaration.authorization_parameters ?? {},
    tokenRequests: tokenRequestsOf(declaration),
    refresh: refreshOf(declaration),
    exchange: exchangeOf(declaration),
    device: deviceOf(declaration),
    revocation: revocationOf(declaration),
    verification: verificationOf(declaration),
  };
}

function tokenRequestsOf(declaration: ProviderDeclaration): TokenRequests {
  return {
    format: declaration.token_request_format ?? "form",
    headers: declaration.token_headers ?? {},
    parameters: declaration.token_parameters ?? {},
  };
}

function refreshOf({
  refresh_endpoint: endpoint,
  refresh_request: request,
  refresh_parameters: parameters = {},
}: ProviderDeclaration): Renewal {
  return { ...renewalOf(request), endpoint, parameters };
}

function exchangeOf({
  exchange_endpoint: endpoint,
  exchange_request: request,
}: ProviderDeclaration): Renewal | undefined {
  if (request === undefined) return undefined;
  return { ...renewalOf(request), presents: "access_token", endpoint, parameters: {} };
}

function renewalOf(
  request: NonNullable<ProviderDeclaration["refresh_request"]> = {},
): Omit<Renewal, "endpoint" | "parameters"> {
  return {
    method: request.method ?? "POST",
    grantType: request.grant_type ?? "refresh_token",
    presents: request.presents ?? "refresh_token",
    tokenParameter: request.token_parameter ?? "refresh_token",
    clientAuthentication: request.client_authentication ?? "as_token_endpoint",
    redirectUri: request.sends_redirect_uri === true ? "sent" : "left_out",
  };
}

function deviceOf({
  device_token_endpoint: tokenEndpoint,
  device_authorization: declared = {},
}: ProviderDeclaration): DeviceDepartures {
  return {
    tokenEndpoint,
    scopeParameter: declared.scope_parameter ?? "scope",
    codeParameter: declared.code_parameter ?? "device_code",
    parameters: declared.parameters ?? {},
    pollStatuses: declared.poll_statuses ?? {},
  };
}

function revocationOf({ revocation: declared = {} }: ProviderDeclaration): Revocation {
  return {
    method: declared.method ?? "POST",
    tokens: declared.tokens ?? ["refresh_token", "access_token"],
    tokenIn: declared.token_in ?? "form",
    tokenParameter: declared.token_parameter ?? "token",
    clientAuthentication: declared.client_authentication ?? "as_token_endpoint",
    parameters: declared.parameters ?? {},
    headers: declared.headers ?? {},
    success: declared.success,
  };
}

function verificationOf({
  verification_endpoint: endpoint,
  verification: declared = {},
}: ProviderDeclaration): VerificationRequest | undefined {
  if (endpoint === undefined) return undefined;
  return {
    endpoint,
    method: declared.method ?? "GET",
    token: tokenPlaceOf(declared),
    headers: declared.headers ?? {},
    body: bodyOf(declared),
    success: declared.success,
  };
}

type DeclaredVerification = NonNullable<ProviderDeclaration["verification"]>;

function tokenPlaceOf(declared: DeclaredVerification): VerificationRequest["token"] {
  if (declared.token_header !== undefined) return { in: "header", name: declared.token_header };
  if (declared.token_parameter !== undefined) return { in: "query", name: declared.token_parameter };
  return { in: "authorization", scheme: declared.authorization_scheme ?? "Bearer" };
}

function bodyOf({ form, json }: DeclaredVerification): VerificationRequest["body"] {
  if (form !== undefined) return { format: "form", members: form };
  return json === undefined ? undefined : { format: "json", members: json };
}
