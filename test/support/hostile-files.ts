import { CREDENTIAL_FIELDS } from "../../src/console/adding/credential-fields.ts";
import type { Field } from "../../src/console/form/field.ts";

export const MARKUP = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`;
export const LINK = "javascript:alert(1)";
/** As much of the same as an address, a scope and an environment's name may have. */
const ADDRESS = "https://localhost:9/'><img/src=x/onerror=alert(1)>";
const WORD = "<script>alert(1)</script>";
export const PLACE = "<img src=x onerror=alert(1)>";

/** A credential's file in which every key that there is has this text, names of members too. */
export function fileOf(text: string): string {
  return json(Object.fromEntries(CREDENTIAL_FIELDS.map((field) => [field.key, filled(field, text)])));
}

function filled(field: Field, text: string): unknown {
  switch (field.kind) {
    case "fixed":
      return field.value;
    case "text":
    case "number":
    case "flag":
    case "scalar":
    case "choice":
      return text;
    case "texts":
      return [text];
    case "map":
      return { [text]: filled(field.value, text), A_NAME: filled(field.value, text) };
    case "rows":
      return [filled(field.row, text)];
    case "group":
      return Object.fromEntries(field.fields.map((each) => [each.key, filled(each, text)]));
    case "either":
      return filled(field.group, text);
  }
}

/** YAML, too. */
function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** As hostile as the loader lets a credential be. */
export function soundFile(name: string): string {
  const endpoints = ["authorization", "token", "revocation", "verification", "device_authorization"];
  return json({
    version: 1,
    name,
    description: MARKUP,
    owner: MARKUP,
    grant: "authorization_code",
    provider: {
      issuer: ADDRESS,
      ...Object.fromEntries(endpoints.map((endpoint) => [`${endpoint}_endpoint`, ADDRESS])),
      rotation: "single_use",
      scopes: { [WORD]: MARKUP, [LINK]: LINK },
      registration: { url: ADDRESS, redirect_uri: ADDRESS, note: MARKUP },
      parameters: { tenant: { format: "text", description: MARKUP, values: { "'><b>": MARKUP } } },
    },
    provider_parameters: { tenant: "'><b>" },
    client: { id: MARKUP, secret: "CLIENT_SECRET" },
    scopes: [WORD, LINK],
    redirect_uri: "http://localhost:8484/callback",
    outputs: { [`${name.toUpperCase()}_ACCESS_TOKEN`]: "access_token" },
    environment: PLACE,
    destinations: [{ repository: "acme/health-pipeline", environment: PLACE }],
  });
}

/** The entry of a credential, in which somebody has put what an entry may hold. */
export const ENTRY_CHANGES = { run_url: ADDRESS, scope: `${WORD} ${LINK}`, unpublished: [MARKUP] };

/** What a server could publish of itself. */
export function metadataOf(issuer: string, endpoint: string): string {
  return json({
    issuer,
    authorization_endpoint: endpoint,
    token_endpoint: endpoint,
    registration_endpoint: LINK,
    service_documentation: LINK,
    scopes_supported: [WORD, LINK, MARKUP],
    grant_types_supported: ["authorization_code", MARKUP],
    response_types_supported: ["code", MARKUP],
    code_challenge_methods_supported: ["S256", MARKUP],
    token_endpoint_auth_methods_supported: ["client_secret_post", MARKUP],
  });
}

/** What a server could answer who asks it for a user code. */
export const DEVICE_ANSWER = json({
  device_code: "x".repeat(40),
  user_code: MARKUP,
  verification_uri: LINK,
  verification_uri_complete: LINK,
  expires_in: 600,
});
