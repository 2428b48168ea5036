import { describe, expect, it } from "vitest";
import { byIssuer, catalogued } from "../../src/adding/subject.ts";
import type { Added } from "../../src/commands/add.ts";
import { listProviders } from "../../src/providers/catalogue.ts";
import { addJson, addText, noticeText } from "../../src/report/add.ts";

const TARGET = { kind: "environment", repository: "acme/app", environment: "sealring" } as const;
const ADDED: Added = {
  ...{
    credential: "oura",
    file: "credentials/oura.yaml",
    outcome: "added",
    again: undefined,
    authorized: undefined,
  },
  clientSecret: { kind: "sealed", secretName: "OURA_CLIENT_SECRET", target: TARGET },
};

/** Lines of more than 80 columns that could have been shorter. */
function tooWide(text: string): readonly string[] {
  return text.split("\n").filter((line) => line.length > 80 && !/https?:\S{30}/.test(line));
}

describe("between the questions", () => {
  it.each(listProviders().map((entry) => [entry.id, entry] as const))(
    "%s is told of in 80 columns, with everything that people stumble over",
    (_, entry) => {
      const text = noticeText({ kind: "provider", subject: catalogued(entry) });
      expect(tooWide(text)).toEqual([]);
      expect(text.match(/^ {2}- /gm) ?? []).toHaveLength(
        entry.traps.length + (entry.status === "active" ? 0 : 1),
      );
    },
  );

  it("nothing is known of an issuer that is not in the catalogue", () => {
    expect(noticeText({ kind: "provider", subject: byIssuer("https://id.example.com") })).toBe("");
  });

  it("what could not be read of an issuer is told, and what to do", () => {
    const found = {
      kind: "unread",
      reason: "https://id.invalid did not answer",
      advice: "try later",
    } as const;
    const text = noticeText({ kind: "provider", subject: byIssuer("https://id.invalid", found) });
    expect(text).toContain("https://id.invalid did not answer");
    expect(text).toContain("try later");
    expect(text).toContain("sealring doctor <name>");
    expect(tooWide(text)).toEqual([]);
  });

  it("an https redirect URI comes with what the browser will show there", () => {
    const registration = { url: undefined, redirectUri: undefined, note: undefined };
    const text = noticeText({ kind: "registration", registration, enter: "https://localhost:8484/callback" });
    expect(text).toMatch(/error\s+page[^]*copy the whole\s+address/);
    expect(tooWide(text)).toEqual([]);
  });

  it("the address to register at and the redirect URI are whole, to be copied", () => {
    const registration = { url: "https://example.com/apps", redirectUri: undefined, note: "Choose Web." };
    const text = noticeText({ kind: "registration", registration, enter: "http://localhost:8484/callback" });
    expect(text).toBe(
      "\nRegister a client at https://example.com/apps\n" +
        "and enter this redirect URI there: http://localhost:8484/callback\nChoose Web.\n",
    );
    const nowhere = { url: undefined, redirectUri: undefined, note: undefined };
    expect(noticeText({ kind: "registration", registration: nowhere, enter: undefined })).toBe(
      "\nRegister a client where the provider registers clients\n",
    );
  });
});

describe("at the end", () => {
  it("the next commands are there to be typed", () => {
    expect(addText([ADDED])).toBe(
      "OURA_CLIENT_SECRET is sealed: environment sealring of acme/app.\n\n" +
        "Next:\n  sealring apply\n  sealring authorize oura\nthen commit and push what is new.\n",
    );
  });

  it("a secret that could not be sealed comes with the reason, for people and programs", () => {
    const reason = "there is no token for github.com, ".repeat(4);
    const left: Added = { ...ADDED, clientSecret: { kind: "left", secretName: "A", reason } };
    expect(addText([left])).toContain(
      "A is left for sealring authorize, which asks for it: there is no token",
    );
    expect(tooWide(addText([left]))).toEqual([]);
    expect(addJson(left)).toMatchObject({ client_secret: { name: "A", outcome: "left", reason } });
  });

  it("who declined is told that nothing is saved, and how to have the answers again", () => {
    const again = `sealring add oura --scopes ${"a,".repeat(60)}`;
    expect(addText([{ ...ADDED, outcome: "declined", again, clientSecret: undefined }])).toBe(
      `Nothing is saved. To have these answers again:\n  ${again}\n`,
    );
  });
});
