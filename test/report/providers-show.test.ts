import { describe, expect, it, test } from "vitest";
import { listCatalogue, showProvider } from "../../src/commands/providers.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { providerAsText } from "../../src/report/providers-show.ts";
import { anEntry, expectReadable } from "./providers-entry.ts";

/** Words without the line breaks between them. */
function show(...given: Parameters<typeof anEntry>): string {
  return providerAsText(anEntry(...given)).replaceAll(/\s+/g, " ");
}

describe("what is shown of a provider", () => {
  it.each(listCatalogue().map((shown) => [shown.entry.id, shown] as const))(
    "%s reads in 80 columns",
    (_, shown) => {
      const text = providerAsText(shown);
      expectReadable(text);
      expect(text).not.toContain("undefined");
    },
  );

  test("comes in the order in which it is needed", () => {
    const text = providerAsText(showProvider("oura"));
    const order = [
      ...["Oura Ring (oura)", "register at", "redirect URI", "grants", "client", "Scopes", "access token"],
      ...["refresh token", "rotation", "reuse", "verification", "revocation", "Known traps", "Links"],
      ...["Where this is from", "run: sealring add oura"],
    ];
    const places = order.map((words) => text.indexOf(words));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test("is said first where nobody can start", () => {
    const text = providerAsText(anEntry({}, { status: "retired" }));
    expect(text.split("\n")[1]).toMatch(/^Retired: /);
    expect(text).not.toContain("sealring add");
    expect(providerAsText(anEntry({}, { status: "approval_required" })).split("\n")[1]).toMatch(
      /^Approval needed: /,
    );
    expect(providerAsText(anEntry({}, { status: "closed_to_new_apps" })).split("\n")[1]).toMatch(/^Closed /);
  });

  test("says which redirect URI to enter, and which to declare", () => {
    expect(show({ loopback_redirect: "exact_ip_literal" })).toContain(
      "redirect URI http://127.0.0.1:8484/callback Enter it there, and declare it as redirect_uri.",
    );
    expect(show({ loopback_redirect: "any_port" })).toContain(
      "redirect URI http://127.0.0.1/callback Enter it there, and declare no redirect_uri: sealring takes a free port. Redirect URIs are taken with any port.",
    );
    expect(show({ loopback_redirect: "https_only" })).toContain("you paste the address");
    expect(show({ grants: ["device_code"] })).not.toContain("redirect URI");
    const registration = {
      redirect_uri: "http://localhost:4000/cb",
      url: "https://apps.example.com",
      note: "Choose Web",
    };
    expect(show({ registration })).toContain(
      "register at https://apps.example.com Choose Web redirect URI http://localhost:4000/cb",
    );
  });

  test("lets the note say where to register, or that there is nothing to register", () => {
    const text = show({ registration: { note: "Console, Applications" } });
    expect(text).toContain("register Console, Applications");
    expect(text).not.toContain("not known here; see");
    expect(show({})).toContain("register at not known here; see https://docs.example.com/oauth");
    const tado = providerAsText(showProvider("tado"));
    expect(tado).not.toContain("register at");
    expect(tado.replaceAll(/\s+/g, " ")).toContain("register There is nothing to register");
  });

  test("says how the client proves itself", () => {
    expect(show({ token_endpoint_auth_methods_supported: ["none"] })).toContain(
      "client none: it has no secret",
    );
    expect(show({ token_endpoint_auth_methods_supported: ["client_secret_post", "none"] })).toContain(
      "client client_secret_post (has a secret), or none (has no secret)",
    );
    expect(show({ token_endpoint_auth_methods_supported: ["client_secret_post"] })).toContain(
      "client client_secret_post (has a secret) ",
    );
    expect(show({ token_endpoint_auth_methods_supported: ["private_key_jwt"] })).toContain(
      "private_key_jwt (has a private key)",
    );
    expect(show({ grants: ["device_code"] })).not.toContain("PKCE");
    expect(show({})).toContain("client how it authenticates is not known");
    expect(show({ code_challenge_methods_supported: [] })).toContain("PKCE not taken, and not sent");
    expect(show({ code_challenge_methods_supported: ["S256"], pkce_required: true })).toContain(
      "PKCE required",
    );
  });

  test("names each parameter with its values", () => {
    const parameters = {
      tenant: { description: "Directory id", format: "segment", default: "common" },
      region: {
        description: "Where your data are.",
        format: "label",
        values: { eu: "Europe", us: "America" },
      },
      audience: { description: "API", format: "text", optional: true },
    } as const;
    const text = show({ parameters });
    expect(text).toContain("tenant Directory id. Declare it in provider_parameters; left out: common.");
    expect(text).toContain(
      "region Where your data are. Declare it in provider_parameters: eu (Europe), us (America).",
    );
    expect(text).toContain("audience API. Declare it in provider_parameters; it may be left out.");
  });

  test("lists scopes with their meanings, long ones on a line of their own", () => {
    const long = "https://www.example.com/auth/activity.readonly";
    const text = providerAsText(
      anEntry({ scopes: { a: "Everything", [long]: "Activity" }, scope_prefix: "x:" }),
    );
    expect(text).toContain("Scopes, written without x:\n");
    expect(text).toMatch(/^ {2}a +Everything$/m);
    expect(text).toMatch(new RegExp(`^ {2}${long}\n {4}Activity$`, "m"));
    expect(show({})).toContain("Not known here: look in its documentation.");
    expect(show({}, { none: ["scopes"] })).toContain("leave scopes out");
    const needed = "offline_access is needed for a refresh token.";
    expect(show({ offline_scopes: ["offline_access"] })).toContain(`- ${needed} - Not known here`);
    expect(show({ offline_scopes: ["offline_access"], scopes: { a: "All" } })).toContain(`a All ${needed}`);
  });

  test("tells what is known of lifetimes from what is not, and from what there is none of", () => {
    const known = show({
      ...{ access_token_lifetime_seconds: 2_591_999, refresh_token_lifetime_seconds: 15_552_000 },
      refresh_token_idle_seconds: 7_776_000,
    });
    expect(known).toContain("access token 30d; what an answer says counts");
    expect(known).toContain("The grant ends 180d after the authorization");
    expect(known).toContain("It ends when it is not used for 90d.");
    expect(show({})).toContain("access token how long it lasts is not known");
    expect(show({})).toContain("Whether the grant ends of age is not known");
    expect(show({})).toContain("Whether it ends of idleness is not known");
    const none = show({}, { none: ["refresh_token_lifetime_seconds", "refresh_token_idle_seconds"] });
    expect(none).toContain("refresh token No end by default. unused No end by default.");
    expect(show({ access_token_expires: false })).toContain("has no end");
    expect(show({ access_token_is_jwt: true })).toContain("its own exp counts");
  });

  test("says what each rotation means, and what sealring does", () => {
    const rotations = [
      ["none", "A lost answer costs nothing"],
      ["old_stays_valid", "the old one works on"],
      [
        "optional",
        "A refresh may replace the refresh token; treated as single use. Use this grant in sealring only",
      ],
      ["single_use", "Single use: each refresh replaces the refresh token. Use this grant in sealring only"],
    ] as const;
    for (const [rotation, words] of rotations) expect(show({ rotation })).toContain(words);
    expect(show({ rotation: "grace", rotation_grace_seconds: 60 })).toContain("works for 1m more at most");
    expect(show({})).toContain("rotation Unknown; treated as single use.");
    expect(show({ issues_refresh_token: false })).toContain(
      "a person authorizes again when the access token ends",
    );
    const renewed = show({ issues_refresh_token: false, refresh_request: { presents: "access_token" } });
    expect(renewed).toContain("the access token is renewed with itself");
  });

  test("speaks of reuse where a used token may do harm", () => {
    expect(show({ rotation: "single_use", reuse: "harmless" })).toContain(
      "reuse A used refresh token is refused",
    );
    expect(show({ rotation: "single_use", reuse: "revokes_family" })).toContain(
      "reuse A used refresh token that comes again ends the whole grant",
    );
    expect(show({ rotation: "single_use" })).toContain(
      "reuse Unknown; treated as if it ended the whole grant.",
    );
    for (const rotation of ["none", "old_stays_valid"] as const)
      expect(show({ rotation })).not.toContain("reuse");
  });

  test("says what sealring revoke can end there", () => {
    const revocation_endpoint = "https://id.example.com/revoke";
    expect(show({ revocation_endpoint })).toContain("(RFC 7009: the refresh token, then the access token)");
    const revocation = {
      method: "DELETE",
      tokens: ["access_token"],
      token_in: "bearer",
    } satisfies ProviderDeclaration["revocation"];
    expect(show({ revocation_endpoint, revocation })).toContain("too (DELETE with the access token)");
    expect(show({})).toContain("No way to revoke is known: sealring revoke removes the secrets");
    expect(show({}, { none: ["revocation_endpoint"] })).toContain("It has no way to revoke");
  });

  test("ends with sources, their dates, and what nobody told", () => {
    const text = show({}, { unknown: ["reuse"], none: ["scopes"], traps: ["Mind the gap."] });
    expect(text).toContain("Known traps - Mind the gap.");
    expect(text).toContain("- its documentation (read 2026-11) - told to have no: scopes - not known: reuse");
  });
});
