import { randomBytes } from "node:crypto";
import { connectGitHub } from "../../src/adapters/github/connect.ts";
import { nodeHttpServer } from "../../src/adapters/http-server.ts";
import type { Declared } from "../../src/commands/context.ts";
import { envelopeSecretName, envelopeStore } from "../../src/declaration/credential.ts";
import type { Credential } from "../../src/declaration/credential.ts";
import { loadDeclarations } from "../../src/declaration/load.ts";
import { encodeEnvelope } from "../../src/envelope/envelope.ts";
import { pinsOf } from "../../src/envelope/pins.ts";
import { seal } from "../../src/envelope/sealing.ts";
import type { GitHub } from "../../src/github.ts";
import { encodeEntry } from "../../src/journal/codec.ts";
import { entryPath, newEntry } from "../../src/journal/entry.ts";
import { statusPage } from "../../src/journal/page.ts";
import type { Clock, Files } from "../../src/ports.ts";
import { createSandbox } from "../../src/sandbox/create.ts";
import type { Sandbox } from "../../src/sandbox/create.ts";
import { ObjectDatabase } from "../../src/sandbox/github/git/objects.ts";
import { changeTree, walkTree } from "../../src/sandbox/github/git/trees.ts";
import { readCommit, writeCommit } from "../../src/sandbox/github/git/commits.ts";
import { Secret } from "../../src/secret.ts";
import { describeTarget } from "../../src/stores/targets.ts";

const BRANCH = "sealring-state";
const REF = `refs/heads/${BRANCH}`;
const LIFETIME_SECONDS = 30 * 86_400;

/** A client secret and the canary have a place in each environment, too. */
const PER_ENVIRONMENT = 98;

/** What a provider answers: a refresh token that has not been given out before. */
export function tokenAnswer(): string {
  const [access_token, refresh_token] = [1, 2].map(() => randomBytes(30).toString("base64url"));
  return JSON.stringify({ access_token, refresh_token, token_type: "bearer", expires_in: LIFETIME_SECONDS });
}

export interface ScaleParts {
  readonly credentials: number;
  readonly clock: Clock;
  readonly tokenEndpoint: string;
  /** How many days ago the credential with this number was authorized; its token lives for thirty. */
  readonly ageDays: (index: number) => number;
}

/** A GitHub with so many credentials, authorized, in as few environments as hold them. */
export class ScaleWorld {
  readonly sandbox: Sandbox;
  readonly declared: Declared;
  readonly environments: readonly string[];
  /** By path. */
  readonly files: ReadonlyMap<string, string>;

  private constructor(sandbox: Sandbox, { credentials: count, tokenEndpoint }: ScaleParts) {
    this.sandbox = sandbox;
    const { repository } = sandbox.addresses.github;
    this.files = filesOf(repository, count, tokenEndpoint);
    const { project, credentials, faults } = loadDeclarations(readerOf(this.files), {
      paths: [],
      environment: {},
    });
    if (faults.length > 0) throw new Error(`the declarations are at fault: ${JSON.stringify(faults[0])}`);
    this.declared = { project, repository, credentials };
    this.environments = [...new Set(credentials.map(({ environment }) => environment ?? ""))];
  }

  static async create(parts: ScaleParts): Promise<ScaleWorld> {
    const { clock } = parts;
    const sandbox = await createSandbox({
      clock,
      randomBytes: (length) => randomBytes(length),
      server: nodeHttpServer,
    });
    const world = new ScaleWorld(sandbox, parts);
    const day = (age: number) => new Date(clock.now().getTime() - age * 86_400_000);
    await world.#authorize((index) => day(parts.ageDays(index)));
    return world;
  }

  /** A fresh connection, as every process makes one. */
  connect(clock: Clock): GitHub {
    const { api_url: apiUrl, token, repository } = this.sandbox.addresses.github;
    const secret = new Secret(token);
    return connectGitHub({
      ...{ apiUrl, repository, stateBranch: BRANCH, token: secret, journalToken: secret },
      ...{ clock, version: "0.0.0", env: {}, turn: "after_another" },
    });
  }

  secretsOf(environment: string): ReadonlyMap<string, string> {
    const { repository } = this.declared;
    return this.sandbox.github.revealSecrets({ kind: "environment", repository, environment });
  }

  /** Keeps what the branch shows now: a month's history of ten thousand would be most of this process's memory. */
  forgetHistory(): void {
    const repository = this.sandbox.github.repository(this.declared.repository);
    const head = repository.refs.get(REF) ?? "";
    const fresh = new ObjectDatabase();
    const copy = (type: "blob" | "tree" | "commit", id: string) => {
      const bytes = repository.objects.read(type, id);
      if (bytes !== undefined) fresh.write(type, bytes);
    };
    for (const [, id] of repository.refs) {
      const commit = readCommit(repository.objects, id);
      if (commit === undefined) continue;
      copy("commit", id);
      copy("tree", commit.tree);
      for (const { id: object, mode } of walkTree(repository.objects, commit.tree))
        copy(mode === "040000" ? "tree" : "blob", object);
    }
    if (head !== "") Object.assign(repository, { objects: fresh });
  }

  async #authorize(at: (index: number) => Date): Promise<void> {
    const { github } = this.sandbox;
    const { repository, credentials } = this.declared;
    for (const environment of this.environments) {
      github.addEnvironment(repository, environment);
      github.addRepository(`acme/${environment}`);
      github.addEnvironment(`acme/${environment}`, "production");
    }
    for (const [index, credential] of credentials.entries()) await this.#store(credential, at(index));
    this.#writeJournal(at);
  }

  async #store(credential: Credential, obtainedAt: Date): Promise<void> {
    const { repository } = this.declared;
    const { environment, name, scopes } = credential;
    const envelopeStoreName = describeTarget(envelopeStore(environment, repository));
    const envelope = encodeEnvelope({
      ...{ name, generation: 1, nonce: `nonce-${name}`, obtainedAt, replaces: undefined },
      pins: pinsOf(credential, { envelopeStore: envelopeStoreName, recoveryRecipient: undefined }),
      requestedScopes: scopes,
      answer: { status: 200, contentType: "application/json", body: tokenAnswer() },
      key: new Secret(randomBytes(32).toString("base64")),
    });
    const vault = this.sandbox.github.repository(repository).environments.get(environment ?? "")?.vault;
    if (vault === undefined) throw new Error(`there is no environment ${String(environment)}`);
    vault.put(envelopeSecretName(name), await seal(envelope, vault.publicKey), { now: obtainedAt });
  }

  #writeJournal(at: (index: number) => Date): void {
    const { objects, refs } = this.sandbox.github.repository(this.declared.repository);
    const entries = this.declared.credentials.map(({ name, scopes, outputs, destinations }, index) => ({
      ...newEntry(name),
      ...{ generation: 1, issued: 1, nonce: `nonce-${name}`, phase: "committed" as const, scope: scopes },
      ...{ authorizedAt: at(index), committedAt: at(index) },
      published: destinations.flatMap((target) =>
        outputs.map(({ secretName }) => ({ target, secretName, at: at(index) })),
      ),
      expiresAt: new Date(at(index).getTime() + LIFETIME_SECONDS * 1_000),
    }));
    const texts = entries.map((entry) => [entryPath(entry.name), encodeEntry(entry)] as const);
    const changes = [...texts, ["README.md", statusPage("", entries)] as const].map(([path, text]) => ({
      ...{ kind: "set" as const, path, mode: "100644" as const },
      id: objects.write("blob", Buffer.from(text)),
    }));
    const author = { name: "sealring", email: "sealring@example.com", at: at(0) };
    const tree = changeTree(objects, undefined, changes);
    const message = "Authorized";
    refs.set(REF, writeCommit(objects, { tree, parents: [], author, committer: author, message }));
  }
}

function filesOf(repository: string, count: number, tokenEndpoint: string): ReadonlyMap<string, string> {
  const texts = new Map([["sealring.yaml", `version: 1\nrepository: ${repository}\n`]]);
  for (let index = 0; index < count; index += 1) {
    const name = `scale-${String(index).padStart(5, "0")}`;
    const environment = `health-${String(Math.floor(index / PER_ENVIRONMENT)).padStart(3, "0")}`;
    texts.set(`credentials/${name}.yaml`, declaration({ name, environment, tokenEndpoint }));
  }
  return texts;
}

function readerOf(texts: ReadonlyMap<string, string>): Files {
  const names = [...texts.keys()].flatMap((path) =>
    path.startsWith("credentials/") ? [path.slice(12)] : [],
  );
  return {
    read(path) {
      const text = texts.get(path);
      return text === undefined ? { kind: "missing" } : { kind: "bytes", bytes: Buffer.from(text) };
    },
    list: (directory) => (directory === "credentials" ? names : []),
    isLinked: () => false,
  };
}

function declaration({
  name,
  environment,
  tokenEndpoint,
}: Readonly<Record<"name" | "environment" | "tokenEndpoint", string>>): string {
  return `version: 1
name: ${name}
environment: ${environment}
provider:
  token_endpoint: ${tokenEndpoint}
  authorization_endpoint: https://id.example.com/authorize
  rotation: single_use
grant: authorization_code
client: { id: client-${environment} }
scopes: [daily]
outputs:
  ${name.toUpperCase().replaceAll("-", "_")}_TOKEN: access_token
destinations:
  - { repository: acme/${environment}, environment: production }
`;
}
