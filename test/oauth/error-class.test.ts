import { expect, it } from "vitest";
import { isClientRefused } from "../../src/oauth/error-class.ts";

it("a client is refused by invalid_client, a bare 401 or a code that is declared to say so, and by nothing else", () => {
  const code = "client_misconfigured";
  for (const reason of ["invalid_client", "http_401", "bad_client_secret"])
    expect(isClientRefused({ code, reason })).toBe(true);
  for (const reason of ["invalid_scope", "invalid_request", "unauthorized_client", undefined])
    expect(isClientRefused({ code, reason })).toBe(false);
  expect(isClientRefused({ code: "provider_drift", reason: "http_403" })).toBe(false);
});
