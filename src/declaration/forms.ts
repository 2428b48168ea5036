import type { Finding } from "./fault.ts";

const LITERAL: Finding = {
  rule: "literal-secret",
  message: "this must be the NAME of a secret, in capitals, digits and _, and never its value",
  hint: "write a name such as OURA_CLIENT_SECRET; if a value stood here and was committed, make a new one",
};
const URL_FORM: Finding = {
  rule: "insecure-url",
  message:
    "this must be an absolute https URL of at most 2,048 characters, without user name and fragment; plain http is for loopback hosts only",
  hint: "write https://…",
};
const HEADER: Finding = {
  rule: "bad-value",
  message: "this is no name of a header that a declaration sets: the request's own are not",
  hint: "leave Authorization, Content-Type, Cookie, Host and the like to sealring",
};
const PARAMETER: Finding = {
  rule: "bad-value",
  message: "this is no name of a parameter, or that of one that the request has beside it",
  hint: "leave client_id, redirect_uri, state and the like to sealring",
};
const REPOSITORY: Finding = {
  rule: "bad-value",
  message: "this is no repository: it must be owner/name",
  hint: "write it as in its address on GitHub, such as acme/health-pipeline",
};
const STATUS: Finding = {
  rule: "bad-value",
  message: "only a status from 400 to 499 says what an error means; after others nobody knows",
  hint: "write a number such as 401",
};
const destination = (message: string, hint: string): Finding => ({ rule: "destination", message, hint });

/** What is asked for, by the name of a definition in schemas/, by a schema path, or by a keyword. */
export const FORM_OF: Readonly<Record<string, Finding>> = {
  client_secret_name: LITERAL,
  secret_name: {
    rule: "secret-name",
    message:
      "GitHub takes no such name for a secret: letters, digits and _, no digit first, no GITHUB_ first",
    hint: "write a name such as OURA_ACCESS_TOKEN",
  },
  unreserved_name: {
    rule: "reserved-name",
    message: "names that begin with SEALRING_ are sealring's own",
    hint: "take another prefix, such as the provider's name",
  },
  unread_name: {
    rule: "reserved-name",
    message:
      "this variable is read by sealring, GitHub, the runner or tools that everybody has, and its value would go to the provider",
    hint: "put the client secret into a secret of its own, such as OURA_CLIENT_SECRET, and write that name",
  },
  unused_name: {
    rule: "reserved-name",
    message: "sealring, its workflow, GitHub or the runner uses this variable for something else",
    hint: "put the App's key into a secret of its own, such as SEALRING_APP_KEY, and write that name",
  },
  name: {
    rule: "credential-name",
    message: "a credential's name is lower case letters, digits and single hyphens between them, 64 at most",
    hint: "write a name such as oura or oura-study-2, and name the file like it",
  },
  header_name: HEADER,
  "#/properties/verification/properties/token_header/pattern": HEADER,
  extra_parameter_name: PARAMETER,
  client_id_parameter_name: PARAMETER,
  token_parameter_name: PARAMETER,
  code_parameter_name: PARAMETER,
  url: URL_FORM,
  issuer: { ...URL_FORM, message: `${URL_FORM.message}; an issuer has no query either (RFC 8414 §2)` },
  repository: REPOSITORY,
  repository_name: {
    rule: "bad-value",
    message: "this is no name of a repository",
    hint: "write the name alone, without the organization",
  },
  login: {
    rule: "bad-value",
    message: "this is no name of an account on GitHub",
    hint: "write it as in its address",
  },
  environment: {
    rule: "bad-value",
    message: "GitHub takes no such name for an environment",
    hint: "write up to 255 characters, without quotes, commas, semicolons and backslashes",
  },
  scope: {
    rule: "bad-value",
    message:
      "a scope is 1 to 256 characters of ASCII, without space, quotation mark and backslash (RFC 6749 §3.3)",
    hint: "write each scope as an entry of its own",
  },
  duration: {
    rule: "bad-value",
    message: "this is no length of time: a whole number above 0, then s, m, h or d",
    hint: "write it like 90s, 5m, 8h or 30d",
  },
  client_id: {
    rule: "bad-value",
    message: "a client id is 1 to 512 printable ASCII characters (RFC 6749 appendix A.1)",
    hint: "copy it from the application's page at the provider",
  },
  app_client_id: {
    rule: "bad-value",
    message: "this is no client id of a GitHub App",
    hint: "copy it from the App's settings, such as Iv23liAbCdEfGhIjKlMn",
  },
  branch: {
    rule: "bad-value",
    message: "git takes no such name for a branch",
    hint: "write a name such as sealring-state",
  },
  label: {
    rule: "bad-value",
    message: "GitHub takes no such label: 1 to 50 characters, no comma",
    hint: "write a name such as sealring",
  },
  recipient: {
    rule: "bad-value",
    message: "this is no age recipient: age1 and 58 characters more",
    hint: "run: age-keygen, and write its public key here; the other one stays with people",
  },
  "#/properties/scopes/maxItems": {
    rule: "bad-value",
    message: "a credential asks for at most 100 scopes",
    hint: "ask for broader ones, or divide them between two credentials",
  },
  "#/properties/scope_prefix/pattern": {
    rule: "bad-value",
    message: "a scope prefix is 1 to 64 characters that a scope may have",
    hint: "write it as the server does, such as extapi:",
  },
  lifetime_seconds: {
    rule: "bad-value",
    message: "this is no lifetime in seconds, from a minute to ten years",
    hint: "write a number from 60 to 315360000, or leave the key out where it is not known",
  },
  "#/properties/errors/items/minProperties": {
    rule: "bad-value",
    message: "this entry does not say which error it is about",
    hint: "add `error`, `status`, `description_contains`, or `body` with `status`",
  },
  "#/properties/errors/items/dependentRequired": {
    rule: "bad-value",
    message: "this entry does not say of which status an empty answer is meant",
    hint: "add `status`, such as 400: without it every gateway's empty answer would match",
  },
  "#/properties/errors/maxItems": {
    rule: "bad-value",
    message: "at most 32 errors may be told apart",
    hint: "keep those that mean something else than RFC 6749 §5.2 says",
  },
  "#/properties/errors/items/properties/error/pattern": {
    rule: "bad-value",
    message: "this is no OAuth error code",
    hint: "write it as the server does, such as invalid_request",
  },
  "#/properties/errors/items/properties/status/minimum": STATUS,
  "#/properties/errors/items/properties/status/maximum": STATUS,
  "#/properties/errors/items/properties/description_contains/pattern": {
    rule: "bad-value",
    message: "a part of a description is 3 to 200 printable ASCII characters",
    hint: "copy the words that tell this error from others",
  },
  "#/properties/revocation/properties/query/pattern": {
    rule: "bad-value",
    message: "this is no name of a query parameter",
    hint: "write a name such as access_token",
  },
  not: {
    rule: "bad-value",
    message: "`rotation_grace_seconds` is for `rotation: grace` alone",
    hint: "remove it, or write rotation: grace",
  },
  minimum: { rule: "bad-value", message: "this is too small", hint: "write a number from 1 to 2592000" },
  maximum: { rule: "bad-value", message: "this is too large", hint: "write a number from 1 to 2592000" },
  oneOf: destination(
    "a destination is one repository or one organization",
    "give `repository` or `organization`",
  ),
  dependentRequired: destination(
    "environment goes with repository, visibility with organization, repositories with visibility: selected",
    "see the examples under `destinations` in schemas/credential.schema.json",
  ),
  "#/dependentSchemas/environment/properties/app/const": destination(
    "only Actions has environments",
    "remove `app`, or remove `environment`",
  ),
  "#/dependentSchemas/repositories/properties/visibility/const": destination(
    "`repositories` is for `visibility: selected` alone",
    "write visibility: selected, or remove `repositories`",
  ),
};
