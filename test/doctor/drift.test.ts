import { describe, expect, it, test } from "vitest";
import fc from "fast-check";
import { driftOf } from "../../src/doctor/drift.ts";
import type { Published } from "../../src/doctor/drift.ts";
import type { Credential } from "../../src/declaration/credential.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { departing } from "../support/scripted-http.ts";
import { aSubject } from "./subject.ts";

const [OURA] = aSubject().credentials;

function declared(declaration: ProviderDeclaration = {}, more: Partial<Credential> = {}): Credential {
  if (OURA === undefined) throw new Error("no credential");
  const provider = { ...departing(declaration), id: "inline" };
  return { ...OURA, grant: "authorization_code", scopes: ["daily"], provider, ...more };
}

/** What the server of `declared()` publishes where nothing has changed. */
const SAME = {
  issuer: "https://id.example.com",
  authorization_endpoint: "https://id.example.com/authorize",
  token_endpoint: "https://id.example.com/token",
  device_authorization_endpoint: "https://id.example.com/device",
  revocation_endpoint: "https://id.example.com/revoke",
  token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
  code_challenge_methods_supported: ["S256"],
  grant_types_supported: ["authorization_code", "refresh_token"],
  scopes_supported: ["daily", "openid"],
} satisfies Published;

const foundIn = (published: Published, credential = declared()) =>
  driftOf(credential, { ...SAME, ...published }).map(({ found }) => found);

test("what is published as it is declared is no drift", () => {
  expect(driftOf(declared(), SAME)).toEqual([]);
  expect(foundIn({ token_endpoint: "https://ID.example.com:443/token" })).toEqual([]);
});

test("a server that says little of itself departs from nothing", () => {
  expect(driftOf(declared(), { issuer: SAME.issuer })).toEqual([]);
});

describe("an endpoint", () => {
  it.each([
    "authorization_endpoint",
    "token_endpoint",
    "device_authorization_endpoint",
    "revocation_endpoint",
  ])("that has moved is told with both addresses: %s", (field) => {
    const found = foundIn({ [field]: "https://new.example.com/v2" });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(
      new RegExp(
        `^${field}: https://new\\.example\\.com/v2 is published, https://id\\.example\\.com/\\w+ declared$`,
      ),
    );
  });

  it("that is new is told where it is good for something", () => {
    const endpoints = {
      issuer: SAME.issuer,
      authorization_endpoint: SAME.authorization_endpoint,
      token_endpoint: SAME.token_endpoint,
    };
    const { provider } = declared();
    const bare = { ...declared(), provider: { ...provider, metadata: endpoints } };
    expect(foundIn({}, bare)).toEqual([
      expect.stringMatching(/^device_authorization_endpoint: .* not declared; it is for the device grant/),
      expect.stringMatching(/^revocation_endpoint: .* sealring revoke/),
    ]);
  });

  it("that nobody declared is no drift where the others are looked up", () => {
    const { provider } = declared();
    const byIssuer = { ...declared(), provider: { ...provider, metadata: { issuer: SAME.issuer } } };
    expect(foundIn({}, byIssuer)).toEqual([]);
  });
});

describe("how a client authenticates", () => {
  it("is told where a declared way is no longer published", () => {
    expect(foundIn({ token_endpoint_auth_methods_supported: ["client_secret_post"] })).toEqual([
      "token_endpoint_auth_methods_supported: client_secret_basic is declared, and not published",
    ]);
  });

  it("is only of interest for the way that the credential chose, where it chose one", () => {
    const client = { id: "abc", secretName: "S", authMethod: "client_secret_post" } as const;
    const published = { token_endpoint_auth_methods_supported: ["client_secret_post"] };
    expect(foundIn(published, declared({}, { client }))).toEqual([]);
    const [drift] = driftOf(declared({}, { client }), {
      ...SAME,
      token_endpoint_auth_methods_supported: ["private_key_jwt"],
    });
    expect(drift?.fix).toContain("client.token_endpoint_auth_method in credentials/oura.yaml");
  });
});

describe("PKCE", () => {
  it("that is sent, and no longer published, is told", () => {
    expect(foundIn({ code_challenge_methods_supported: ["plain"] })).toEqual([
      "code_challenge_methods_supported: sealring sends S256, which is not published",
    ]);
  });

  it("that is published, and not sent, is told", () => {
    expect(foundIn({}, declared({ code_challenge_methods_supported: [] }))).toEqual([
      "code_challenge_methods_supported: S256 is published, and not declared",
    ]);
  });

  it("is of no interest to a device", () => {
    const grant_types_supported = ["urn:ietf:params:oauth:grant-type:device_code"];
    const device = declared({}, { grant: "device_code" });
    expect(foundIn({ code_challenge_methods_supported: [], grant_types_supported }, device)).toEqual([]);
  });
});

test("a grant that is no longer published is told", () => {
  expect(foundIn({}, declared({}, { grant: "device_code" }))).toEqual([
    "grant_types_supported: device_code is declared, and not published",
  ]);
});

describe("scopes", () => {
  it("that are no longer published are told, by their declared names", () => {
    const both = declared({}, { scopes: ["daily", "heartrate", "tag"] });
    expect(foundIn({}, both)).toEqual(["scopes_supported: heartrate, tag are declared, and not published"]);
  });

  it("are compared with the prefix, and without a marker", () => {
    const prefixed = declared({ scope_prefix: "ext:" });
    expect(foundIn({ scopes_supported: ["ext:daily"] }, prefixed)).toEqual([]);
    const marked = declared(
      { scope_parameters: [{ parameter: "user_scope", marker: "user/" }] },
      { scopes: ["user/chat"] },
    );
    expect(foundIn({ scopes_supported: ["chat"] }, marked)).toEqual([]);
  });

  it("that each have a prefix nobody declared are told with the line to write", () => {
    const published = { ...SAME, scopes_supported: ["openid", "extapi:daily", "extapi:tag"] };
    expect(driftOf(declared({}, { scopes: ["daily", "tag"] }), published)).toEqual([
      {
        found: "scopes_supported: each is published with a prefix",
        fix: 'The server puts "extapi:" before each scope. Write scope_prefix: "extapi:" under provider',
      },
    ]);
  });

  it("are nothing to a server that publishes those of OpenID Connect alone", () => {
    expect(foundIn({ scopes_supported: ["openid", "email", "profile"] })).toEqual([]);
  });
});

describe("what to do", () => {
  const moved = { ...SAME, token_endpoint: "https://new.example.com/token" };

  it("is said with the file that declares the provider, and the command after it", () => {
    expect(driftOf(declared(), moved)[0]?.fix).toMatch(
      /correct token_endpoint in credentials\/oura\.yaml, and run: sealring authorize oura$/,
    );
  });

  it("is to tell us where the catalogue is wrong", () => {
    const credential = declared();
    const listed = { ...credential, provider: { ...credential.provider, id: "example" } };
    expect(driftOf(listed, moved)[0]?.fix).toContain("https://github.com/sealring/sealring/issues");
  });
});

describe("a hostile document", () => {
  it.each([
    "https://evil.example/\u001b[2J",
    "https://evil.example/?x=::add-mask::y",
    "javascript:alert(1)",
    "https://user:password@evil.example/token",
    `https://evil.example/${"a".repeat(5_000)}`,
    "not an address",
    { toString: 1 },
    null,
    17,
  ])("has no text of its own in a finding: %s", (token_endpoint) => {
    expect(foundIn({ token_endpoint })).toEqual([
      "token_endpoint: another value is published, https://id.example.com/token declared",
    ]);
  });

  it("of any shape ends no check, and gets no control character and no long text through", () => {
    const fields = Object.keys(SAME);
    const value = fc.oneof(
      fc.anything(),
      fc.array(fc.string()),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields), value), (document) => {
        for (const { found } of driftOf(declared(), document)) {
          expect(found).toMatch(/^[ -~]{1,400}$/);
        }
      }),
    );
  });
});
