import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Masked } from "../../src/console/masked.ts";
import { Secret } from "../../src/secret.ts";
import { ConsoleWorld } from "../support/console-world.ts";

function hiding(...secrets: readonly string[]): Masked {
  const masked = new Masked();
  for (const secret of secrets) masked.add(new Secret(secret));
  return masked;
}

describe("what the console hides", () => {
  it("hides a secret in a line as it is, and in a page as HTML writes it", () => {
    const masked = hiding(`a"b<c>&'def`);
    expect(masked.scrub(`x a"b<c>&'def y`)).toBe("x [secret] y");
    const escaped = "a&quot;b&lt;c&gt;&amp;&#39;def";
    expect(masked.scrubPage(`<p title="${escaped}">x ${escaped} &amp; y</p>`)).toBe(
      `<p title="[secret]">x [secret] &amp; y</p>`,
    );
  });

  it("hides the longer of two secrets whole", () => {
    expect(hiding("abcdef", "abcdefghi").scrub("abcdefghi abcdef")).toBe("[secret] [secret]");
  });

  it("hides each line of a secret of several", () => {
    const masked = hiding("-----BEGIN KEY-----\r\nMIIEowIBAAKCAQEA\r\n");
    expect(masked.scrub("read MIIEowIBAAKCAQEA of the key")).toBe("read [secret] of the key");
    expect(masked.scrubPage("<p>MIIEowIBAAKCAQEA</p>")).toBe("<p>[secret]</p>");
  });

  it("leaves words that are no longer than words", () => {
    expect(hiding("short").scrub("a short text")).toBe("a short text");
  });

  it("hides what somebody typed wherever it comes back", () => {
    const page = (secret: string) =>
      `<a href="/add/issuer?issuer=${secret}" aria-label="${secret}"><input name="id" value="${secret}"/>` +
      `<input type="hidden" name="back" value="${secret}"/><textarea>${secret}</textarea></a>`;
    for (const secret of ["S3cret-of-somebody", "kqzvxwjyplmtrnbhgfdcsaeiou"])
      expect(hiding(secret).scrubPage(page(secret))).toBe(page("[secret]"));
  });

  it("hides a word where people read or type it, and leaves the markup that is made of the same", () => {
    const page = (shown: string) =>
      `<form action="/button"><label for="in:button">Press the ${shown}</label>` +
      `<input id="in:button" name="button" value="${shown}"/><button value="button" class="button">Go</button></form>`;
    expect(hiding("button").scrubPage(page("button"))).toBe(page("[secret]"));
  });

  it("keeps every page whole, and its forms' token, whatever the secret is", async () => {
    const world = await ConsoleWorld.open();
    world.declare({ name: "oura" });
    const pages = [];
    for (const path of ["/", "/add/oura", "/credentials/oura/edit", "/plan", "/credentials/oura/revoke"])
      pages.push((await world.get(path)).text);
    const skeleton = (page: string) => page.replace(/="[^"]*"/g, "=").replace(/(^|>)[^<]+/g, "$1");
    const anyPage = fc.constantFrom(...pages);
    const part = anyPage.chain((page) =>
      fc
        .tuple(fc.nat(page.length - 1), fc.integer({ min: 6, max: 40 }))
        .map(([at, length]) => page.slice(at, at + length)),
    );
    const words = fc.constantFrom(...new Set(pages.join(" ").match(/[\w/-]{6,24}/g)));
    fc.assert(
      fc.property(anyPage, fc.oneof(part, words, fc.string({ minLength: 6 })), (page, secret) => {
        const clean = hiding(secret).scrubPage(page);
        expect(skeleton(clean)).toBe(skeleton(page));
        const token = /<input type="hidden" name="form_token"[^>]*>/g;
        expect(clean.match(token)).toEqual(page.match(token));
      }),
    );
  });

  it("keeps the names of a form's fields, though a secret is one of them", async () => {
    const world = await ConsoleWorld.open();
    const { text } = await world.get("/add/oura");
    const fields = /<(?:input|select|textarea|button)[^>]*? name="[^"]*"/g;
    for (const secret of ["secret", "client_secret", "form_token", "client/id", "button", "redirect_uri"])
      expect(hiding(secret).scrubPage(text).match(fields)).toEqual(text.match(fields));
  });
});
