import { describe, expect, it } from "vitest";
import type { Health } from "../../../src/commands/health.ts";
import type { StatusResult } from "../../../src/commands/status.ts";
import { NowCard } from "../../../src/console/credential/now-card.tsx";
import type { Credential } from "../../../src/declaration/credential.ts";
import { PROJECT } from "../../difference/model.ts";
import { aCredential, anEntry, at, SITE } from "../../support/entries.ts";
import { aProvider } from "../../support/scripted-http.ts";

interface Shown {
  readonly credential?: Partial<Credential>;
  readonly health?: Health;
  readonly status?: Partial<StatusResult>;
  readonly seconds?: number;
}

/** The card's HTML, and its words alone. */
async function shown({ credential, health = "fresh", status, seconds = 0 }: Shown) {
  const html = await NowCard({
    subject: {
      ...{ kind: "declared", credential: aCredential(credential), project: PROJECT, hitch: undefined },
      status: {
        ...{ credential: "oura", health, owner: undefined, entry: anEntry() },
        ...{ hint: undefined, warning: undefined, site: SITE, ...status },
      },
    },
    running: undefined,
    now: at(seconds),
  });
  const text = html.toString();
  const words = text
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll(/\s+/g, " ");
  return { html: text, words };
}

const SILENT = { provider: aProvider({ issuesRefreshToken: false }) };
const ENDLESS = { provider: aProvider({ answer: { ...aProvider().answer, expiry: "never" } }) };
const MAIN = /class="button main" href="([^"]+)"/;

describe("how a credential is", () => {
  it("does not promise to renew what nothing renews", async () => {
    const { html, words } = await shown({ credential: SILENT });
    expect(words).toContain(
      "All is well: nothing renews its access token, so authorize it again before that ends.",
    );
    expect(words).toContain(", and nothing renews it");
    expect(html).not.toContain("/credentials/oura/refresh");
    const unknown = { entry: anEntry({ expiresAt: undefined }) };
    expect((await shown({ credential: SILENT, status: unknown })).words).toContain(
      "when its access token ends is not known, and nothing renews it.",
    );
  });

  it("leads to an authorization where that alone helps", async () => {
    const due = await shown({ credential: SILENT, seconds: 3_599 });
    expect(due.words).toContain("Its access token ends soon, and nothing renews it");
    const expired = await shown({ credential: SILENT, health: "expired", seconds: 9_999 });
    for (const { html } of [due, expired]) expect(MAIN.exec(html)?.[1]).toBe("/credentials/oura/authorize");
    const renewed = await shown({ health: "expired", seconds: 9_999 });
    expect(MAIN.exec(renewed.html)?.[1]).toBe("/credentials/oura/refresh");
  });

  it("says of tokens without an end that there is nothing to renew", async () => {
    const status = { entry: anEntry({ expiresAt: undefined }) };
    const { words } = await shown({ credential: ENDLESS, status });
    expect(words).toContain("All is well: its access token has no end.");
    const never = { status: { entry: undefined }, health: "never_authorized" } as const;
    expect((await shown({ credential: ENDLESS, ...never })).words).toContain("Once is enough: its access");
    expect((await shown({ credential: SILENT, ...never })).words).toContain("It gets no refresh token, so");
    expect((await shown(never)).words).toContain("the workflow keeps its token fresh.");
  });

  it("warns of an end in whole sentences, with the command in one of its own", async () => {
    const { html } = await shown({ status: { warning: { kind: "dies_of_age", at: at(86_400) } } });
    expect(html).toContain(
      'The grant of oura ends on 2026-11-23 12:00 UTC, however often it is refreshed. To keep it: <a href="/credentials/oura/authorize"><code>sealring authorize oura</code></a>',
    );
  });

  it("tells the commands of a hint for a terminal from its words", async () => {
    const { html } = await shown({ status: { hint: "run: sealring authorize oura" } });
    expect(html).toContain("<p>run: <code>sealring authorize oura</code></p>");
  });
});
