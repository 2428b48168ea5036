import { describe, expect, it, test } from "vitest";
import { SealringError } from "../../src/errors.ts";
import type { GitHub } from "../../src/github.ts";
import type { Prompt } from "../../src/ports.ts";
import { Secret } from "../../src/secret.ts";
import { changesOf, Checkout } from "../support/checkout.ts";
import { NOBODY } from "../../src/commands/nobody.ts";

const VAULT = { kind: "environment", repository: "acme/health-pipeline", environment: "vault" } as const;

test("a token under another name is never sealed: a person sets the right one", async () => {
  const checkout = await Checkout.fresh();
  checkout.variables.delete("SEALRING_GITHUB_TOKEN");
  checkout.variables.set("GH_TOKEN", "gho_0123456789");
  const { planned } = await checkout.plan();
  expect(planned?.plan.tasks.map(({ command }) => command)).toContainEqual(
    expect.stringMatching(
      /^gh secret set SEALRING_GITHUB_TOKEN --env vault --repo 127\.0\.0\.1:[0-9]+\/acme\/health-pipeline$/,
    ),
  );
  await checkout.apply();
  expect([...checkout.world.sandbox.github.revealSecrets(VAULT).keys()]).toEqual(["OURA_CLIENT_SECRET"]);
});

describe("a person at a terminal", () => {
  const answering = (typed: string, asked: string[] = []): Prompt => ({
    ...NOBODY,
    interactive: true,
    text: () => Promise.reject(new Error("not asked for")),
    hidden: async (question) => {
      asked.push(question);
      return new Secret(typed);
    },
    confirm: async () => true,
  });

  it("is asked for the token that the workflow needs, and it is sealed", async () => {
    const checkout = await Checkout.fresh();
    checkout.variables.delete("SEALRING_GITHUB_TOKEN");
    const asked: string[] = [];
    const prompt = answering("github_pat_typed", asked);
    await checkout.apply({ consent: "ask" }, { ports: { prompt } });
    expect(asked).toEqual(["SEALRING_GITHUB_TOKEN (Enter: later)"]);
    const { github } = checkout.world.sandbox;
    expect(github.revealSecret(VAULT, "SEALRING_GITHUB_TOKEN")).toBe("github_pat_typed");
    await checkout.apply({ consent: "ask" }, { ports: { prompt } });
    expect(asked).toHaveLength(1);
  });

  it("may leave it for later, and is told how to set it then", async () => {
    const checkout = await Checkout.fresh();
    checkout.variables.delete("SEALRING_GITHUB_TOKEN");
    const { plan } = await checkout.apply({ consent: "ask" }, { ports: { prompt: answering("") } });
    expect(plan?.tasks.map(({ command }) => command)).toContainEqual(
      expect.stringMatching(
        /^gh secret set SEALRING_GITHUB_TOKEN --env vault --repo 127\.0\.0\.1:[0-9]+\/acme\/health-pipeline$/,
      ),
    );
  });

  it("is asked nothing where --yes says that nobody is there", async () => {
    const checkout = await Checkout.fresh();
    checkout.variables.delete("SEALRING_GITHUB_TOKEN");
    const asked: string[] = [];
    await checkout.apply({}, { ports: { prompt: answering("x", asked) } });
    expect(asked).toEqual([]);
  });
});

test.each(["environment", "repository"] as const)(
  "where the %s could not be read, nothing is sealed and nobody is asked: who could read it is not known",
  async (which) => {
    const checkout = await Checkout.fresh();
    const { github } = checkout.world.sandbox;
    github.addEnvironment("acme/health-pipeline", "vault");
    const refused = () =>
      Promise.reject(new SealringError("store_refused", "not allowed", { hint: "ask ada" }));
    const options = {
      github: (real: GitHub): GitHub => ({ ...real, settings: { ...real.settings, [which]: refused } }),
    };
    expect(changesOf((await checkout.plan({}, options)).planned?.plan).join()).not.toContain("variable");
    const { plan, exit } = await checkout.apply({}, options);
    expect([...github.revealSecrets(VAULT).keys()]).toEqual([]);
    expect(exit).toBe(4);
    expect(plan?.blanks).toContainEqual({
      kind: "unknown",
      what: "who could read SEALRING_GITHUB_TOKEN in environment vault of acme/health-pipeline",
      code: "store_refused",
      reason: "not allowed",
      hint: "ask ada",
    });
    checkout.variables.delete("SEALRING_GITHUB_TOKEN");
    const hidden = () => Promise.reject(new Error("not to be asked for"));
    const prompt = { ...NOBODY, interactive: true, confirm: async () => true, hidden };
    const asked = await checkout.apply({ consent: "ask" }, { ...options, ports: { prompt } });
    expect(asked.plan?.tasks.map(({ command }) => command).join()).not.toContain("gh secret set");
  },
);
