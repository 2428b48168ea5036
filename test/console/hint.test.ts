import { html } from "hono/html";
import { describe, expect, it } from "vitest";
import { placeOf } from "../../src/console/command-place.ts";
import { ErrorNotice } from "../../src/console/error-notice.tsx";
import { Hint } from "../../src/console/hint.tsx";

const written = async (text: string): Promise<string> => String(await html`${Hint({ text })}`);

describe("a hint", () => {
  it.each([
    ["run: gh auth login", "run: <code>gh auth login</code>"],
    [
      "run: sealring apply, commit what it writes, and push",
      'run: <a href="/plan"><code>sealring apply</code></a>, commit what it writes, and push',
    ],
    [
      "see what would go: sealring plan --prune",
      'see what would go: <a href="/plan?orphans=prune"><code>sealring plan --prune</code></a>',
    ],
    [
      "edit the token: https://github.com/settings/tokens (its owner may).",
      'edit the token: <a href="https://github.com/settings/tokens">https://github.com/settings/tokens</a> (its owner may).',
    ],
    [
      "run: gh secret set X --env vault (and for 2 more environments)",
      "run: <code>gh secret set X --env vault</code> (and for 2 more environments)",
    ],
    ["remove the link, and run the command again", "remove the link, and try again"],
    ["sealring itself needs it", "sealring itself needs it"],
    ["run: <script>", "run: <code>&lt;script&gt;</code>"],
    ["a \u202ename", "a \ufffdname"],
  ])("%j is told with its commands and addresses", async (text, page) => {
    expect(await written(text)).toBe(page);
  });
});

describe("a notice of an error", () => {
  it("leads to an authorization where one is needed: no page but its own has a button for that", async () => {
    const error = { message: "oura: the box is of an older grant", hint: "run: sealring authorize oura" };
    expect(String(await html`${ErrorNotice({ error })}`)).toContain(
      'run: <a href="/credentials/oura/authorize"><code>sealring authorize oura</code></a>',
    );
  });
});

describe("a command", () => {
  it.each([
    ["sealring authorize oura", "/credentials/oura/authorize"],
    ["sealring refresh oura --force", "/credentials/oura/refresh"],
    ["sealring refresh oura --probe", "/credentials/oura/probe"],
    ["sealring status oura", "/credentials/oura"],
    ["sealring status --check", "/"],
    ["sealring doctor", "/doctor"],
    ["sealring doctor oura", "/doctor/oura"],
    ["sealring add strava", "/add"],
    ["sealring authorize ../x", undefined],
    ["sealring refresh --probe", undefined],
    ["sealring validate", undefined],
    ["gh auth login", undefined],
  ])("%s has the place %s", (command, place) => {
    expect(placeOf(command)).toBe(place);
  });
});
