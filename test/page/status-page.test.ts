import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { StatusResult } from "../../src/commands/status.ts";
import { statusPageHtml } from "../../src/page/status-page.tsx";
import { tileOf } from "../../src/page/tile.ts";
import { aCredential, anEntry, at, SITE } from "../support/entries.ts";

const SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>';

function pageOf(text: string): Promise<string> {
  const credential = aCredential({ description: text, owner: text, scopes: [text] });
  const entry = anEntry({ runUrl: "javascript:alert(1)" });
  const status: StatusResult = {
    ...{ credential: "oura", health: "fresh", owner: text, entry },
    ...{ hint: undefined, warning: undefined, site: SITE },
  };
  return statusPageHtml({ repository: "acme/app", tiles: [tileOf(credential, status, at(0))], at: at(0) });
}

describe("the status page", () => {
  it("loads nothing: its one style is in it, and its policy lets in that alone", async () => {
    const html = await pageOf("Sleep");
    const style = /<style>(.*)<\/style>/s.exec(html)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    const [, policy = ""] = /http-equiv="content-security-policy" content="([^"]*)"/.exec(html) ?? [];
    expect(policy).toBe(
      `default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;`,
    );
    expect(html).not.toMatch(/<(script|link|img|iframe|form)\b|\bstyle=|\bon\w+=/);
  });

  it("shows what is in the YAML as text, whatever it is", async () => {
    const html = await pageOf(SCRIPT);
    expect(html).not.toContain("<script");
    expect(html).not.toContain("<img");
    expect(html).not.toContain("javascript:");
    expect(html).toContain("&lt;script&gt;alert(1)");
  });

  it("says how old it is, and counts", async () => {
    const html = await pageOf("Sleep");
    expect(html).toContain('<time datetime="2026-11-22T12:00:00.000Z"');
    expect(html).toContain("1 is fresh");
  });

  it("has instants that read the same in a year, and what to do in words for a mail", async () => {
    const status: StatusResult = {
      ...{ credential: "oura", health: "needs_person", owner: "data@acme.example", entry: anEntry() },
      ...{ hint: "run: sealring authorize oura", warning: undefined, site: SITE },
    };
    const credential = aCredential({ owner: "data@acme.example" });
    const tiles = [tileOf(credential, status, at(0))];
    const html = await statusPageHtml({ repository: "acme/app", tiles, at: at(0) });
    expect(html).toMatch(/ends <time[^>]*>2026-11-22 13:00 UTC \(in [^)]+\)<\/time>/);
    expect(html).toContain("What data@acme.example has to do: run: <code>sealring authorize oura</code>");
  });
});
