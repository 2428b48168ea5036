import { describe, expect, test } from "vitest";
import { credentialText, load, rulesOf } from "./examples.ts";

const FILE = "credentials/oura.yaml";

describe("a valid repository", () => {
  test("a credential has every default filled in", () => {
    const { credentials, faults, checked } = load({ [FILE]: credentialText() });
    expect(faults).toEqual([]);
    expect(checked).toEqual([FILE]);
    expect(credentials).toMatchObject([
      {
        name: "oura",
        description: undefined,
        owner: undefined,
        provider: { id: "oura", scopeRules: { prefix: "extapi:" }, rotation: { kind: "single_use" } },
        grant: "authorization_code",
        client: { id: "4c1b7a", secretName: "OURA_CLIENT_SECRET" },
        scopes: ["personal", "daily"],
        redirectUri: "http://localhost:8484/callback",
        outputs: [{ secretName: "OURA_ACCESS_TOKEN", field: "access_token" }],
        destinations: [{ kind: "repository", repository: "acme/credentials", app: "actions" }],
        environment: "sealring",
        marginSeconds: undefined,
        file: FILE,
      },
    ]);
  });

  test("a project without a file has the defaults, and the repository of its surroundings", () => {
    expect(load({ [FILE]: credentialText() }).project).toEqual({
      repository: "acme/credentials",
      environment: "sealring",
      stateBranch: "sealring-state",
      schedule: "27 4,10,16,22 * * *",
      apiUrl: undefined,
      app: undefined,
      alerts: { labels: ["sealring"], assignees: [] },
      recoveryRecipient: undefined,
      action: "./.github/actions/sealring",
    });
  });

  test("sealring.yaml is read whole, and its repository goes before the surroundings'", () => {
    const recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    const { project, faults } = load({
      "sealring.yaml": [
        "version: 1",
        "repository: acme/other",
        "environment: null",
        "state_branch: state",
        'schedule: "5,35 1-7/2 * JAN MON-FRI"',
        "github: { api_url: https://github.example.com/api/v3, app: { client_id: Iv23li, private_key: SEALRING_APP_KEY } }",
        "alerts: { labels: [tokens], assignees: [octocat] }",
        `recovery: { recipient: ${recipient} }`,
        `action: acme/sealring@${"0a".repeat(20)}`,
      ].join("\n"),
    });
    expect(faults).toEqual([]);
    expect(project).toEqual({
      repository: "acme/other",
      environment: null,
      stateBranch: "state",
      schedule: "5,35 1-7/2 * JAN MON-FRI",
      apiUrl: "https://github.example.com/api/v3",
      app: { clientId: "Iv23li", privateKeyName: "SEALRING_APP_KEY" },
      alerts: { labels: ["tokens"], assignees: ["octocat"] },
      recoveryRecipient: recipient,
      action: `acme/sealring@${"0a".repeat(20)}`,
    });
  });

  test.each([
    "actions/sealring",
    "acme/sealring@main",
    `acme/sealring@${"0".repeat(39)}`,
    "./../elsewhere",
    "./a/../../b",
    "/etc",
    "./.git/hooks",
    "./.GIT",
    "./vendored/.git/hooks",
    `acme/../x@${"0".repeat(40)}`,
  ])("%s is no place to get sealring from: a branch or a path that leads away is refused", (action) => {
    const { faults } = load({
      [FILE]: credentialText(),
      "sealring.yaml": `version: 1\naction: "${action}"\n`,
    });
    expect(faults).toMatchObject([{ file: "sealring.yaml", line: 2 }]);
  });

  test.each(["./", "./actions/sealring", "./.github/actions/sealring", "./.gitea/sealring"])(
    "%s is a folder of the repository",
    (action) => {
      const tree = { [FILE]: credentialText(), "sealring.yaml": `version: 1\naction: ${action}\n` };
      expect(load(tree)).toMatchObject({ faults: [], project: { action } });
    },
  );

  test("a credential's own environment goes before the project's", () => {
    const { credentials, faults } = load({ [FILE]: credentialText({ x: "environment: sealring-2" }) });
    expect(faults).toEqual([]);
    expect(credentials).toMatchObject([{ environment: "sealring-2" }]);
  });

  test("destinations become stores", () => {
    const { credentials, faults } = load({
      [FILE]: credentialText({
        destinations: [
          "destinations:",
          "  - { repository: acme/a, environment: production }",
          "  - { repository: acme/a, app: dependabot }",
          "  - { organization: acme, visibility: selected, repositories: [b] }",
          "  - { organization: acme, app: codespaces }",
        ].join("\n"),
        refresh: "refresh: { margin: 8h }",
      }),
    });
    expect(faults).toEqual([]);
    expect(credentials[0]?.marginSeconds).toBe(28_800);
    expect(credentials[0]?.destinations).toEqual([
      { kind: "environment", repository: "acme/a", environment: "production" },
      { kind: "repository", repository: "acme/a", app: "dependabot" },
      {
        kind: "organization",
        organization: "acme",
        app: "actions",
        visibility: "selected",
        repositories: ["b"],
      },
      {
        kind: "organization",
        organization: "acme",
        app: "codespaces",
        visibility: "private",
        repositories: [],
      },
    ]);
  });

  test("a credential without client.secret is a public client", () => {
    const client = "client: { id: 4c1b7a }";
    expect(load({ [FILE]: credentialText({ client }) }).credentials[0]?.client.secretName).toBeUndefined();
  });

  test("an anchor may be used again", () => {
    const text = credentialText({
      scopes: "scopes: &scopes [personal]",
      destinations: "destinations: [&a { repository: acme/a }, { repository: &b acme/b }]",
      description: "description: &d text",
      owner: "owner: *d",
    });
    const { faults, credentials } = load({ [FILE]: text });
    expect(faults).toEqual([]);
    expect(credentials[0]?.owner).toBe("text");
  });

  test("a byte order mark and Windows line ends change nothing", () => {
    const { faults } = load({ [FILE]: `\ufeff${credentialText().replaceAll("\n", "\r\n")}` });
    expect(faults).toEqual([]);
  });
});

describe("what is looked at", () => {
  test("without paths: sealring.yaml and the YAML files of credentials/", () => {
    const { checked } = load({
      "sealring.yaml": "version: 1",
      "credentials/b.yml": "",
      "credentials/a.yaml": "",
      "credentials/notes.md": "",
      "credentials/deeper/c.yaml": "",
      "other.yaml": "",
    });
    expect(checked).toEqual(["sealring.yaml", "credentials/a.yaml", "credentials/b.yml"]);
  });

  test("with paths: these alone, each once, but the project counts for them", () => {
    const tree = {
      "sealring.yaml": "version: 1\nrepository: acme/p\nnope: 1",
      [FILE]: credentialText(),
      "credentials/bad.yaml": "",
    };
    const { checked, faults, credentials } = load(tree, [`./${FILE}`, FILE]);
    expect(checked).toEqual([FILE]);
    expect(faults).toEqual([]);
    expect(credentials[0]?.destinations).toEqual([
      { kind: "repository", repository: "acme/p", app: "actions" },
    ]);
  });

  test("nothing at all is a fault", () => {
    expect(rulesOf(load({ "README.md": "" }).faults)).toEqual(["no-declarations"]);
  });

  test("a faulty file gives no credential, and spares the others", () => {
    const other = credentialText({ name: "name: other", outputs: "outputs: { OTHER: access_token }" });
    const { credentials } = load({ [FILE]: "version: 2", "credentials/other.yaml": other });
    expect(credentials.map(({ name }) => name)).toEqual(["other"]);
  });
});

describe("files that cannot be read", () => {
  test.each([
    ["missing", "file-missing"],
    ["directory", "file-directory"],
    ["outside", "file-outside"],
    ["too_large", "file-too-large"],
    ["unreadable", "file-unreadable"],
  ] as const)("a file that is %s is a fault at its first line", (outcome, rule) => {
    const { faults, checked } = load({ [FILE]: outcome }, [FILE]);
    expect(faults).toMatchObject([
      { file: FILE, line: 1, column: 1, endLine: 1, endColumn: 1, rule, frame: "" },
    ]);
    expect(checked).toEqual([FILE]);
  });

  test("a file of more than 256 KB is not read", () => {
    expect(rulesOf(load({ [FILE]: "#".repeat(256 * 1024 + 1) }).faults)).toEqual(["file-too-large"]);
    expect(rulesOf(load({ [FILE]: "#".repeat(256 * 1024) }).faults)).toEqual(["yaml-empty"]);
  });
});

describe("how faults are told", () => {
  test("by file, then by line, whatever found them", () => {
    const { faults } = load({
      "credentials/b.yaml": credentialText({ name: "name: b", scopes: "scops: []" }),
      "credentials/a.yaml": credentialText({
        name: "name: x",
        grant: "grant: device_code",
        scopes: "scopes: [dayly]",
        owner: "ower: me",
      }),
    });
    expect(faults.map(({ file, line, rule }) => [file, line, rule])).toEqual([
      ["credentials/a.yaml", 2, "credential-name"],
      ["credentials/a.yaml", 4, "unsupported-grant"],
      ["credentials/a.yaml", 6, "unknown-scope"],
      ["credentials/a.yaml", 9, "unknown-key"],
      ["credentials/b.yaml", 6, "unknown-key"],
      ["credentials/b.yaml", 8, "output-collision"],
    ]);
  });

  test("a file with very many faults tells a hundred and says that there are more", () => {
    const keys = Array.from({ length: 300 }, (_, index) => `k${String(index)}: 1`).join("\n");
    const { faults } = load({ [FILE]: keys });
    expect(faults).toHaveLength(101);
    expect(faults.at(-1)?.rule).toBe("more-faults");
  });
});
