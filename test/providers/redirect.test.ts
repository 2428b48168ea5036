import { describe, expect, it } from "vitest";
import { redirectFindings } from "../../src/declaration/rules/redirect.ts";
import { listProviders, providerOf } from "../../src/providers/catalogue.ts";
import type { LoopbackRule, Provider } from "../../src/providers/provider.ts";
import { LOOPBACK_WORDS, redirectAdvice } from "../../src/providers/redirect.ts";
import { aProvider } from "../support/scripted-http.ts";

/** What `validate` says of a credential that follows the advice. */
function faultsOfFollowing(provider: Provider): readonly string[] {
  const { declare } = redirectAdvice(provider);
  const declared = declare === undefined ? {} : { redirect_uri: declare };
  const loose = { grant: "authorization_code", ...declared } as const;
  return redirectFindings({ loose, provider }).map(({ message }) => message);
}

describe("who follows the advice on redirect URIs declares what validate takes", () => {
  it.each(Object.keys(LOOPBACK_WORDS) as LoopbackRule[])("by the rule %s", (loopback) => {
    expect(faultsOfFollowing(aProvider({ loopback }))).toEqual([]);
  });

  it.each(listProviders().map((entry) => [entry.id, entry] as const))("of %s", (_, entry) => {
    const provider = providerOf(entry);
    if (provider.grants?.includes("authorization_code") === false) return;
    expect(faultsOfFollowing(provider)).toEqual([]);
  });
});

it("what is registered without a port, or is no address, is not declared", () => {
  const enter = (redirectUri: string) =>
    redirectAdvice({ loopback: "any_port", registration: { url: undefined, redirectUri, note: undefined } });
  expect(enter("localhost")).toEqual({ enter: "localhost", declare: undefined });
  expect(enter("http://127.0.0.1/cb")).toEqual({ enter: "http://127.0.0.1/cb", declare: undefined });
  expect(enter("http://127.0.0.1:4000/cb").declare).toBe("http://127.0.0.1:4000/cb");
  expect(enter("https://acme.example/cb").declare).toBe("https://acme.example/cb");
});
