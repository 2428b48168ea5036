import type { Credential, Project } from "../../src/declaration/credential.ts";
import { envelopeSecretName, envelopeStore } from "../../src/declaration/credential.ts";
import type { Facts, Found } from "../../src/difference/facts.ts";
import type { Change } from "../../src/difference/plan.ts";
import { outputKey, outputsOf } from "../../src/difference/wanted.ts";
import type { Wanted } from "../../src/difference/wanted.ts";
import type { StorePlace, WorkflowFacts } from "../../src/github.ts";
import type { DeploymentPolicy } from "../../src/github-settings.ts";
import type { JournalEntry } from "../../src/journal/entry.ts";
import { forgetPublished } from "../../src/journal/published.ts";
import { storeKeyOf, unpublishedKey } from "../../src/stores/targets.ts";
import { aCredential, anEntry, at } from "../support/entries.ts";

export const REPOSITORY = "acme/app";
const WORKFLOW = ".github/workflows/sealring.yml";

export const PROJECT: Project = {
  repository: REPOSITORY,
  environment: "sealring",
  stateBranch: "sealring-state",
  schedule: "17 */6 * * *",
  apiUrl: undefined,
  app: undefined,
  alerts: { labels: [], assignees: [] },
  recoveryRecipient: undefined,
  action: "./.github/actions/sealring",
};

/** GitHub, journal and tree in memory, with `apply`'s steps. */
export class Model {
  readonly environments = new Map<string, DeploymentPolicy>();
  /** By store and name in capitals: when it was written. */
  readonly secrets = new Map<string, Map<string, Date>>();
  readonly entries = new Map<string, JournalEntry>();
  readonly tree = new Map<string, Uint8Array>();
  workflow: WorkflowFacts["state"] = "active";
  readonly atHand = new Set<string>();
  /** What the default branch has ever declared, by credential. */
  readonly past = new Map<string, Set<string>>();

  put(target: StorePlace, name: string, updatedAt: Date = at(0)): void {
    const key = storeKeyOf(target);
    this.secrets.set(
      key,
      (this.secrets.get(key) ?? new Map<string, Date>()).set(name.toUpperCase(), updatedAt),
    );
  }

  /** As `authorize` leaves a credential. */
  authorize(credential: Credential): void {
    const home = envelopeStore(credential.environment, REPOSITORY);
    this.put(home, envelopeSecretName(credential.name));
    if (credential.client.secretName !== undefined) this.put(home, credential.client.secretName);
    const outputs = outputsOf({ credentials: [credential] });
    for (const { target, secretName } of outputs) this.put(target, secretName);
    const published = outputs.map(({ target, secretName }) => ({ target, secretName, at: at(0) }));
    this.entries.set(credential.name, anEntry({ name: credential.name, published }));
    this.past.set(credential.name, new Set(outputs.map((own) => outputKey(own.target, own.secretName))));
  }

  /** What `observe` would find. */
  facts(wanted: Wanted): Facts {
    const names = new Set(wanted.credentials.flatMap(({ environment }) => environment ?? []));
    const stores = [...this.secrets].map(([key, secrets]) => {
      return [key, known([...secrets].map(([name, updatedAt]) => ({ name, updatedAt })))] as const;
    });
    const targets = wanted.credentials.flatMap(({ destinations }) => destinations.map(storeKeyOf));
    const empty = [
      ...targets,
      ...[...names].filter((name) => this.environments.has(name)).map(keyOfEnvironment),
    ];
    return {
      webUrl: "https://github.com",
      repository: known({ defaultBranch: "main", visibility: "private", archived: false }),
      environments: new Map([...names].map((name) => [name, known(this.#environment(name))])),
      stores: new Map([...empty.map((key) => [key, known([])] as const), ...stores]),
      journal: known(new Map([...this.entries].map(([name, entry]) => [name, known(entry)]))),
      tree: new Map(
        [...wanted.files.map(({ path }) => path), ...this.tree.keys()].map((path) => [
          path,
          known(this.tree.get(path)),
        ]),
      ),
      pushed: new Map(),
      workflows: new Map([["sealring.yml", known({ state: this.workflow })]]),
      atHand: this.atHand,
      orphans:
        wanted.orphans === "keep"
          ? { kind: "not_asked" }
          : {
              kind: "asked",
              declared: new Map([...this.past].map(([name, keys]) => [name, known(keys)])),
              pushed: known(new Set(outputsOf(wanted).map((own) => outputKey(own.target, own.secretName)))),
            },
    };
  }

  /** Does what `apply` does. */
  make(change: Change): void {
    switch (change.kind) {
      case "confine":
        this.environments.set(change.environment, onlyMain(change.branch));
        break;
      case "place_action":
        for (const { path, bytes } of change.write) this.tree.set(path, bytes);
        for (const path of change.remove) this.tree.delete(path);
        break;
      case "write_file":
        this.tree.set(change.path, change.bytes);
        break;
      case "remove_file":
        this.tree.delete(change.path);
        break;
      case "seal":
        this.put(change.target, change.secretName);
        break;
      case "publish": {
        const entry = this.#entry(change.credential);
        const unpublished = [...entry.unpublished, unpublishedKey(change.target, change.secretName)];
        this.entries.set(change.credential, { ...entry, unpublished });
        break;
      }
      case "enable":
        this.workflow = "active";
        break;
      case "prune": {
        const { credential, target, secretName } = change.output;
        const entry = this.#entry(credential);
        this.secrets.get(storeKeyOf(target))?.delete(secretName.toUpperCase());
        this.entries.set(credential, { ...entry, published: forgetPublished(entry, [change.output]) });
      }
    }
  }

  #environment(name: string): { policy: DeploymentPolicy; gates: readonly string[] } | undefined {
    const policy = this.environments.get(name);
    return policy && { policy, gates: [] };
  }

  #entry(name: string): JournalEntry {
    const entry = this.entries.get(name);
    if (entry === undefined) throw new Error(`the model has no entry of ${name}`);
    return entry;
  }
}

export function onlyMain(name = "main"): DeploymentPolicy {
  return { kind: "patterns", patterns: [{ id: 1, name, type: "branch" }] };
}

export function known<Value>(value: Value): Found<Value> {
  return { kind: "known", value };
}

function keyOfEnvironment(environment: string): string {
  return storeKeyOf({ kind: "environment", repository: REPOSITORY, environment });
}

/** Declarations of these credentials, and a workflow. */
export function wantedOf(
  credentials: readonly Credential[],
  more: Partial<Pick<Wanted, "orphans" | "project">> = {},
): Wanted {
  const bytes = new TextEncoder().encode(`# of ${String(credentials.length)}\n`);
  const files = [
    { kind: "workflow", path: WORKFLOW, bytes },
    { kind: "action", path: "action/action.yml", bytes },
    { kind: "action", path: "action/chunks/main.mjs", bytes },
  ] as const;
  return { project: PROJECT, repository: REPOSITORY, credentials, files, orphans: "keep", ...more };
}

/** A credential with one output, in the project's repository. */
export function credentialNamed(name: string, more: Partial<Credential> = {}): Credential {
  return aCredential({
    name,
    environment: "sealring",
    client: { id: "client-1", secretName: `${name.toUpperCase()}_CLIENT_SECRET` },
    outputs: [{ secretName: `${name.toUpperCase()}_TOKEN`, field: "access_token" }],
    destinations: [{ kind: "repository", repository: REPOSITORY, app: "actions" }],
    ...more,
  });
}

/** One where everything is as declared. */
export function settledModel(credentials: readonly Credential[]): Model {
  const model = new Model();
  const wanted = wantedOf(credentials);
  for (const { path, bytes } of wanted.files) model.tree.set(path, bytes);
  for (const credential of credentials) {
    if (credential.environment !== null) model.environments.set(credential.environment, onlyMain());
    model.put(envelopeStore(credential.environment, REPOSITORY), "SEALRING_GITHUB_TOKEN");
    model.authorize(credential);
  }
  return model;
}
