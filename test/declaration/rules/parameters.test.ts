import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exampleOf } from "../../../src/declaration/rules/parameters.ts";
import { listProviders } from "../../../src/providers/catalogue.ts";
import { expand, isOfFormat, isParameterValue } from "../../../src/providers/template.ts";
import type { ProviderParameter } from "../../../src/providers/template.ts";
import { isSecureUrl } from "../../../src/secure-url.ts";
import { credentialText, faultsOf, load, rulesOf } from "../examples.ts";

const TEMPLATED =
  "provider: { authorization_endpoint: 'https://{tenant}.id.example/authorize', token_endpoint: 'https://{tenant}.id.example/token', parameters: { tenant: { description: Your tenant, format: label } } }";
const OPTIONAL =
  "provider: { issuer: https://id.example.com, authorization_parameters: { audience: '{audience}', prompt: consent }, parameters: { audience: { description: The API, format: text, optional: true } } }";

function providerOf(provider: string, values: string) {
  const text = credentialText({ provider, values, scopes: "" });
  const { credentials, faults } = load({ "credentials/oura.yaml": text });
  expect(faults).toEqual([]);
  return credentials[0]?.provider;
}

describe("a provider's parameters", () => {
  test("take their places in its endpoints", () => {
    expect(providerOf(TEMPLATED, "provider_parameters: { tenant: acme }")?.metadata).toEqual({
      authorization_endpoint: "https://acme.id.example/authorize",
      token_endpoint: "https://acme.id.example/token",
    });
  });

  test("take the place of what they stand for, which goes where an optional one is not given", () => {
    expect(
      providerOf(OPTIONAL, "provider_parameters: { audience: https://api.example }")?.authorizationParameters,
    ).toEqual({
      audience: "https://api.example",
      prompt: "consent",
    });
    expect(providerOf(OPTIONAL, "")?.authorizationParameters).toEqual({ prompt: "consent" });
  });

  test.each([
    ["a parameter without a value", TEMPLATED, "", 3],
    [
      "a value that is no part of a host name",
      TEMPLATED,
      "provider_parameters: { tenant: evil.example/x }",
      8,
    ],
    ["a value with an at sign", TEMPLATED, "provider_parameters: { tenant: 'a@evil' }", 8],
    ["a value for what is no parameter", TEMPLATED, "provider_parameters: { tenant: a, tennant: b }", 8],
    [
      "values for a provider that has no parameters",
      "provider: oura",
      "provider_parameters: { tenant: a }",
      9,
    ],
    [
      "a placeholder that is not declared",
      "provider: { authorization_endpoint: 'https://{x}.example/a', token_endpoint: https://id.example/t }",
      "",
      3,
    ],
  ])("%s is a fault", (_, provider, values, line) => {
    const scopes = provider === "provider: oura" ? { values } : { provider, values, scopes: "" };
    const faults = faultsOf(scopes);
    expect(rulesOf(faults)).toEqual(["provider-parameter"]);
    expect(faults[0]?.line).toBe(line);
  });
});

describe("the hint on a value", () => {
  const hintFor = (format: ProviderParameter["format"], description: string, value: string) => {
    const parameters = `parameters: { x: { description: '${description}', format: ${format} } }`;
    const provider = `provider: { issuer: https://id.example, authorization_parameters: { x: '{x}' }, ${parameters} }`;
    return faultsOf({ provider, values: `provider_parameters: { x: "${value}" }`, scopes: "" })[0]?.hint;
  };

  test.each([
    ["hostname", "https://acme.okta.com", "write the host alone: acme.okta.com"],
    ["hostname", "https://acme.okta.com/oauth2/default", "write the host alone: acme.okta.com"],
    ["hostname", "acme.okta.com/", "write the host alone: acme.okta.com"],
    ["label", "https://acme.zendesk.com/agent", "write that part alone: acme"],
    ["label", "acme.zendesk.com", "write that part alone: acme"],
    ["hostname", "acme", "write x: id.acme.example"],
    ["segment", "https://acme.example/t", "write x: acme"],
  ] as const)("of the format %s, %s, is: %s", (format, value, hint) => {
    expect(hintFor(format, "It", value)).toBe(hint);
  });

  test("has the example of the description, where that is one", () => {
    expect(hintFor("hostname", "Your domain, such as acme.okta.com, or your own", "acme")).toBe(
      "write x: acme.okta.com",
    );
    expect(hintFor("hostname", "Your domain, such as that", "acme")).toBe("write x: id.acme.example");
  });
});

describe("a parameter's own values", () => {
  const inline = (parameter: string) =>
    rulesOf(
      faultsOf({
        provider: `provider: { authorization_endpoint: https://id.example/a, token_endpoint: 'https://id.example/{x}', parameters: { x: { description: d, ${parameter} } } }`,
        values: "provider_parameters: { x: a }",
        scopes: "",
      }),
    );

  test.each([
    ["format: segment, default: b", []],
    ["format: segment, default: a/b", ["provider-parameter"]],
    ["format: segment, values: { a: one }, default: b", ["provider-parameter"]],
    ["format: segment, values: { a: one, ../b: two }", ["provider-parameter"]],
    ["format: segment, values: { a: one, b: two }, default: b", []],
  ])("with %s", (parameter, rules) => {
    expect(inline(parameter)).toEqual(rules);
  });

  test.each([
    ["format: base_url, default: 'file:///etc/passwd#'", "{x}/t", "provider-parameter"],
    [
      "format: base_url, values: { 'http://evil.example': d }, default: 'http://evil.example'",
      "{x}/t",
      "provider-parameter",
    ],
    ["format: text, default: '@evil.example'", "https://id.example{x}", "insecure-url"],
    ["format: text, default: '#'", "https://id.example/{x}a", "insecure-url"],
    ["format: text, default: 'http://evil.example'", "{x}/t", "insecure-url"],
    ["format: text, default: ':70000'", "https://id.example{x}/t", "insecure-url"],
  ])("with %s make no address of %s that the schema would refuse", (parameter, endpoint, rule) => {
    const provider = `provider: { authorization_endpoint: https://id.example/a, token_endpoint: '${endpoint}', parameters: { x: { description: d, ${parameter} } } }`;
    expect(new Set(rulesOf(faultsOf({ provider, scopes: "" })))).toEqual(new Set([rule]));
  });

  test.each(listProviders().filter(({ declaration }) => declaration.parameters !== undefined))(
    "of $id are of their formats, and make addresses of its endpoints",
    ({ declaration }) => {
      const parameters = Object.entries(declaration.parameters ?? {});
      for (const [name, { format, values = {}, default: fallback }] of parameters)
        for (const value of [...Object.keys(values), ...(fallback === undefined ? [] : [fallback])])
          expect(isOfFormat(format, value), `${name}: ${value}`).toBe(true);
      const values = Object.fromEntries(parameters.map(([name, parameter]) => [name, exampleOf(parameter)]));
      const endpoints = Object.entries(expand(declaration, values)).filter(([key]) =>
        /(?:^issuer|_endpoint)$/u.test(key),
      );
      expect(endpoints.length).toBeGreaterThan(1);
      for (const [key, url] of endpoints)
        expect(isSecureUrl(String(url).replace("{client_id}", "c")), key).toBe(true);
    },
  );

  test("go in as they are, whatever a replacement would make of them", () => {
    const parameters = {
      x: { description: "", format: "text" },
      y: { description: "", format: "text" },
    } as const;
    const filled = expand({ token_parameters: { k: "{x} {y} {z}" }, parameters }, { x: "a$&b$'{y}", y: "c" });
    expect(filled.token_parameters).toEqual({ k: "a$&b$'{y} c {z}" });
  });
});

describe("a value", () => {
  const parameter = (format: ProviderParameter["format"]): ProviderParameter => ({ description: "", format });

  test.each<[ProviderParameter["format"], readonly string[], readonly string[]]>([
    ["label", ["acme", "a", "A-1"], ["", "-a", "a-", "a.b", "a/b", "a:1", "a@b", "a#", "ä", "xn--a"]],
    [
      "hostname",
      ["id.acme.example", "id.acme.example:8443"],
      ["localhost", "a", ".a.b", "a..b", "a.b/c", "u@a.b"],
    ],
    ["segment", ["common", "a.b_c~d", "9b1f-4"], ["", ".", "..", "a/b", "a?b", "a#b", "a%2f", "a b"]],
    [
      "base_url",
      ["https://a.example/realms/x", "https://a.example", "http://localhost:8080/auth/realms/x"],
      [
        "http://a.example",
        "https://a.example/",
        "https://u@a.example",
        "https://a.example/../x",
        "https://a?b",
        "x",
      ],
    ],
    ["text", ["https://api.example/", "api"], ["", "a b", "a\nb"]],
  ])("of the format %s", (format, good, bad) => {
    for (const value of good) expect(isParameterValue(parameter(format), value), value).toBe(true);
    for (const value of bad) expect(isParameterValue(parameter(format), value), value).toBe(false);
  });

  test("is one of those that are listed, where they are", () => {
    const listed = { ...parameter("hostname"), values: { "a.example": "Production" } };
    expect(isParameterValue(listed, "a.example")).toBe(true);
    for (const value of ["b.example", "toString"]) expect(isParameterValue(listed, value)).toBe(false);
  });

  test.each(["label", "hostname", "segment"] as const)(
    "of the format %s never moves the rest of an address",
    (format) => {
      const endpoint = {
        label: "https://{x}.id.example/t/token",
        hostname: "https://{x}/t/token",
        segment: "https://id.example/{x}/token",
      }[format];
      fc.assert(
        fc.property(
          fc.oneof(
            fc.stringMatching(/^[a-z0-9~.:@/?#-]{1,6}$/u),
            fc.stringMatching(/^[a-z0-9-]{1,3}\.[a-z][a-z0-9]{0,3}(?::[1-9][0-9]{0,3})?$/u),
          ),
          (value) => {
            fc.pre(isParameterValue(parameter(format), value));
            const { token_endpoint: url = "" } = expand(
              { token_endpoint: endpoint, parameters: { x: parameter(format) } },
              { x: value },
            );
            const { pathname, search, hash, username, host } = new URL(url);
            expect([search, hash, username]).toEqual(["", "", ""]);
            expect(pathname).toBe(format === "segment" ? `/${value}/token` : "/t/token");
            const own = value.toLowerCase().replace(/:443$/u, "");
            expect(host).toBe({ label: `${own}.id.example`, hostname: own, segment: "id.example" }[format]);
          },
        ),
        { numRuns: 2_000 },
      );
    },
  );
});
