import { expect, test } from "vitest";
import { faultsOf } from "../examples.ts";

const ENDPOINTS = "authorization_endpoint: https://a.example/a, token_endpoint: https://a.example/t";

test.each([
  [
    "pushed requests without an endpoint",
    "require_pushed_authorization_requests: true",
    "pushed_authorization_request_endpoint: https://a.example/par",
  ],
  ["PKCE that is required and refused", "pkce_required: true, code_challenge_methods_supported: []", ""],
  [
    "an exchange without its request",
    "exchange_endpoint: https://a.example/x",
    "exchange_request: { token_parameter: t }",
  ],
  [
    "a rotation of what is not issued",
    "issues_refresh_token: false, rotation: none",
    "refresh_request: { presents: access_token }",
  ],
])("%s is a fault", (_, contradiction, mended) => {
  const provider = (more: string) =>
    `provider: { ${[ENDPOINTS, contradiction, more].filter((part) => part !== "").join(", ")} }`;
  const [fault, ...others] = faultsOf({ provider: provider(""), scopes: "" });
  expect(fault).toMatchObject({ rule: "contradiction", line: 3 });
  expect(others).toEqual([]);
  if (mended !== "") expect(faultsOf({ provider: provider(mended), scopes: "" })).toEqual([]);
});
