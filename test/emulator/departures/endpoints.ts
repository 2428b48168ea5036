import type { Departure } from "./departure.ts";

const OTHER = "https://other.example.com";
const TENANT = "https://id.example.com/{tenant}";

/** Where requests go. STANDARD's issuer is told to nobody: what is not declared is not found. */
export const ENDPOINTS: Readonly<Record<string, Departure>> = {
  issuer: {
    server: {},
    told: ({ issuer = "", verification_endpoint = "" }) => ({ issuer, verification_endpoint }),
    untold: ({ verification_endpoint = "" }) => ({ verification_endpoint }),
  },
  authorization_endpoint: { server: {}, less: ["issuer"] },
  token_endpoint: { server: {}, less: ["issuer"] },
  refresh_endpoint: { server: { refresh_endpoint: `${OTHER}/refresh` } },
  exchange_endpoint: {
    server: {
      exchange_endpoint: `${OTHER}/exchange`,
      exchange_request: { grant_type: "exchange", token_parameter: "short" },
      refresh_request: { presents: "access_token" },
    },
  },
  device_authorization_endpoint: { server: {}, less: ["issuer"], grant: "device_code" },
  device_token_endpoint: {
    server: { device_token_endpoint: `${OTHER}/device/token` },
    grant: "device_code",
  },
  pushed_authorization_request_endpoint: {
    server: { require_pushed_authorization_requests: true },
    less: ["issuer"],
  },
  require_pushed_authorization_requests: { server: { require_pushed_authorization_requests: true } },
  revocation_endpoint: { server: {} },
  verification_endpoint: { server: {} },
  parameters: {
    server: {
      authorization_endpoint: `${TENANT}/authorize`,
      token_endpoint: `${TENANT}/token`,
      parameters: { tenant: { format: "segment", description: "Directory", default: "common" } },
      authorization_parameters: { directory: "{tenant}" },
    },
    less: ["issuer"],
  },
  generations: {
    server: {
      generations: [
        {
          issuer: `${OTHER}/v2`,
          token_endpoint: `${OTHER}/v2/token`,
          revocation_endpoint: `${OTHER}/v2/revoke`,
          verification_endpoint: `${OTHER}/v2/me`,
          scope_prefix: "v2:",
        },
      ],
    },
    less: ["issuer"],
    generation: `${OTHER}/v2`,
  },
};
