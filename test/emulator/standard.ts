import { onTestFinished } from "vitest";
import type { RegisteredClient } from "./client-authentication.ts";
import type { Declared } from "./declared.ts";
import { Emulator } from "./emulator.ts";
import type { Setting } from "./emulator.ts";

/** A provider that keeps to the RFCs. */
export const STANDARD: Declared = {
  issuer: "https://id.example.com",
  authorization_endpoint: "https://id.example.com/authorize",
  token_endpoint: "https://id.example.com/token",
  device_authorization_endpoint: "https://id.example.com/device",
  pushed_authorization_request_endpoint: "https://id.example.com/par",
  revocation_endpoint: "https://id.example.com/revoke",
  verification_endpoint: "https://api.example.com/me",
  token_endpoint_auth_methods_supported: [
    "client_secret_basic",
    "client_secret_post",
    "private_key_jwt",
    "none",
  ],
  code_challenge_methods_supported: ["S256"],
  grants: ["authorization_code", "device_code", "client_credentials"],
  rotation: "single_use",
  access_token_lifetime_seconds: 3600,
  loopback_redirect: "exact",
};

/** An id and a secret that a server has to decode to recognize: form-encoded they read otherwise. */
export const CLIENT: RegisteredClient = {
  id: "client of the+emulator",
  secret: "s3cret/of+the=emulator:100% ~",
  redirectUri: "http://127.0.0.1:8484/callback",
  scopes: ["read:daily", "write"],
};

/** Lives as long as the test. */
export async function emulate(setting: Partial<Setting> = {}): Promise<Emulator> {
  const emulator = await Emulator.start({
    declared: STANDARD,
    client: CLIENT,
    now: () => new Date(),
    ...setting,
  });
  onTestFinished(() => emulator.close());
  return emulator;
}
