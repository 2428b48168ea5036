import { expect, test } from "vitest";
import { deleteCommand, repoOption, setCommand } from "../../src/stores/commands.ts";

const GITHUB = { webUrl: "https://github.com" };
const ENTERPRISE = { webUrl: "https://github.example.com" };
const VAULT = { kind: "environment", repository: "acme/x", environment: "the vault" } as const;
const OF_REPOSITORY = { kind: "repository", repository: "acme/x", app: "dependabot" } as const;
const OF_ORGANIZATION = { kind: "organization", organization: "acme", app: "actions" } as const;

test("a command for github.com names no host", () => {
  expect(repoOption(GITHUB, "acme/x")).toBe("--repo acme/x");
  expect(setCommand(GITHUB, VAULT, "A")).toBe("gh secret set A --env 'the vault' --repo acme/x");
  expect(deleteCommand(GITHUB, OF_REPOSITORY, "A")).toBe("gh secret delete A --app dependabot --repo acme/x");
  expect(deleteCommand(GITHUB, OF_ORGANIZATION, "A")).toBe("gh secret delete A --app actions --org acme");
});

test("one for an Enterprise Server does: the same name on github.com is somebody else's", () => {
  const repo = "--repo github.example.com/acme/x";
  expect(repoOption(ENTERPRISE, "acme/x")).toBe(repo);
  expect(setCommand(ENTERPRISE, VAULT, "A")).toBe(`gh secret set A --env 'the vault' ${repo}`);
  expect(deleteCommand(ENTERPRISE, OF_REPOSITORY, "A")).toBe(`gh secret delete A --app dependabot ${repo}`);
  expect(deleteCommand(ENTERPRISE, OF_ORGANIZATION, "A")).toBe(
    "GH_HOST=github.example.com gh secret delete A --app actions --org acme",
  );
});
