import { beforeEach, describe, expect, it } from "vitest";
import type { Told } from "../../src/adding/told.ts";
import { AddCheckout, toldBut } from "../support/add-checkout.ts";
import { AskedPerson } from "../support/asked-person.ts";

let here: AddCheckout;
beforeEach(async () => {
  here = await AddCheckout.create();
});

describe("scopes", () => {
  const asking = (provider: string, told: Told, ...answers: ConstructorParameters<typeof AskedPerson>) => {
    const person = new AskedPerson(["Client secret", ""], ...answers);
    return here
      .add(person, { provider, told: { ...toldBut("scopes", "redirectUri"), ...told } })
      .then(() => person);
  };
  const redirectUri = "http://localhost:8484/callback";

  it("that are typed begin with the one without which no refresh token comes", async () => {
    const told = { redirectUri, parameters: { tenant: "acme" } };
    const question = "Scopes, with commas (needed for a refresh token: offline_access)";
    const person = await asking("microsoft", told, [question, "User.Read"], [question, ""], ["Save", "yes"]);
    expect(person.objections).toEqual([expect.stringContaining("add offline_access to scopes")]);
    expect(here.loaded().credentials).toMatchObject([{ scopes: ["offline_access"] }]);
  });

  it("of a list have it ticked from the start, and are asked for again where it is not any more", async () => {
    const question = "Scopes (needed for a refresh token: offline.access)";
    await asking(
      "x",
      { redirectUri },
      [question, ["tweet.read"]],
      [question, []],
      ["Ask for no scope?", "yes"],
      [question, ""],
      ["Save", "yes"],
    );
    expect(here.notices.filter(({ kind }) => kind === "objection")).toHaveLength(2);
    expect(here.loaded().credentials).toMatchObject([{ scopes: ["offline.access"] }]);
  });

  it("that nobody ticked are asked for once more", async () => {
    await asking(
      "oura",
      { redirectUri },
      ["Scopes", []],
      ["Ask for no scope?", ""],
      ["Scopes", ["daily"]],
      ["Save", "yes"],
    );
    expect(here.loaded().credentials).toMatchObject([{ scopes: ["daily"] }]);
  });

  it("are not asked for where the provider has none", async () => {
    const person = await asking("notion", { redirectUri: "http://localhost:8484/callback" }, ["Save", "no"]);
    expect(person.unasked).toEqual([]);
  });
});
