import { randomBytes } from "node:crypto";
import { connectGitHub } from "../src/adapters/github/connect.ts";
import { nodeHttpServer } from "../src/adapters/http-server.ts";
import type { Declared } from "../src/commands/context.ts";
import { envelopeSecretName, envelopeStore } from "../src/declaration/credential.ts";
import type { Credential } from "../src/declaration/credential.ts";
import { loadDeclarations } from "../src/declaration/load.ts";
import { encodeEnvelope } from "../src/envelope/envelope.ts";
import { pinsOf } from "../src/envelope/pins.ts";
import { seal } from "../src/envelope/sealing.ts";
import type { GitHub } from "../src/github.ts";
import { encodeEntry } from "../src/journal/codec.ts";
import { entryPath, newEntry } from "../src/journal/entry.ts";
import { statusPage } from "../src/journal/page.ts";
import type { HttpClient } from "../src/ports.ts";
import { createSandbox } from "../src/sandbox/create.ts";
import type { Sandbox } from "../src/sandbox/create.ts";
import { writeCommit } from "../src/sandbox/github/git/commits.ts";
import { ObjectDatabase } from "../src/sandbox/github/git/objects.ts";
import { changeTree, walkTree } from "../src/sandbox/github/git/trees.ts";
import { readCommit } from "../src/sandbox/github/git/commits.ts";
import { Secret } from "../src/secret.ts";
import { describeTarget } from "../src/stores/targets.ts";
import { QuietClock } from "./quiet-clock.ts";

export const BRANCH = "sealring-state";
const REF = `refs/heads/${BRANCH}`;
const TOKEN_URL = "https://id.example.com/token";
const LIFETIME_SECONDS = 30 * 86_400;
const LATENCY_MILLISECONDS = 100;

/** A client secret and the canary have a place in each environment, too. */
export const PER_ENVIRONMENT = 98;

/** A provider that takes each refresh token once, and remembers who came twice. */
export class Provider implements HttpClient {
  readonly #clock: QuietClock;
  readonly #spent = new Set<string>();
  #last = 0;
  requests = 0;
  reuses = 0;

  constructor(clock: QuietClock) {
    this.#clock = clock;
  }

  async send(request: Parameters<HttpClient["send"]>[0]): ReturnType<HttpClient["send"]> {
    await this.#clock.sleep(LATENCY_MILLISECONDS);
    this.requests += 1;
    const token = new URLSearchParams(request.body).get("refresh_token") ?? "";
    if (this.#spent.has(token)) this.reuses += 1;
    this.#spent.add(token);
    const headers = { "content-type": "application/json" };
    return { kind: "answer", status: 200, headers, body: Buffer.from(this.answer()) };
  }

  /** A token answer with a refresh token that has not been given out before. */
  answer(): string {
    this.#last += 1;
    const [access_token, refresh_token] = [`access-${String(this.#last)}`, `refresh-${String(this.#last)}`];
    return JSON.stringify({ access_token, refresh_token, token_type: "bearer", expires_in: LIFETIME_SECONDS });
  }
}

/** A GitHub and a provider with so many credentials, each authorized `authorizedSecondsAgo`. */
export class ScaleWorld {
  readonly clock = new QuietClock(new Date("2026-11-22T00:00:00Z"));
  readonly provider = new Provider(this.clock);
  readonly sandbox: Sandbox;
  readonly declared: Declared;
  readonly environments: readonly string[];

  private constructor(sandbox: Sandbox, clock: QuietClock, count: number) {
    this.sandbox = sandbox;
    this.clock = clock;
    this.provider = new Provider(clock);
    const { repository } = sandbox.addresses.github;
    const { project, credentials, faults } = loadDeclarations(files(repository, count), {
      paths: [],
      environment: {},
    });
    if (faults.length > 0) throw new Error(`the declarations are at fault: ${JSON.stringify(faults[0])}`);
    this.declared = { project, repository, credentials };
    this.environments = [...new Set(credentials.map(({ environment }) => environment ?? ""))];
  }

  static async create(count: number, authorizedSecondsAgo: number): Promise<ScaleWorld> {
    const clock = new QuietClock(new Date("2026-11-22T00:00:00Z"));
    const parts = { clock: clock.server, randomBytes: (length: number) => randomBytes(length), server: nodeHttpServer };
    const sandbox = await createSandbox(parts);
    const world = new ScaleWorld(sandbox, clock, count);
    await world.#authorize(new Date(clock.now().getTime() - authorizedSecondsAgo * 1_000));
    sandbox.github.faults.delay(() => true, LATENCY_MILLISECONDS);
    return world;
  }

  /** A fresh connection, as every process makes one. */
  connect(): GitHub {
    const { api_url: apiUrl, token, repository } = this.sandbox.addresses.github;
    const secret = new Secret(token);
    return connectGitHub({
      ...{ apiUrl, repository, stateBranch: BRANCH, token: secret, journalToken: secret },
      ...{ clock: this.clock, version: "0.0.0", env: {}, turn: "after_another" },
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

  async #authorize(at: Date): Promise<void> {
    const { github } = this.sandbox;
    const { repository, credentials } = this.declared;
    for (const environment of this.environments) {
      github.addEnvironment(repository, environment);
      github.addRepository(`acme/${environment}`);
      github.addEnvironment(`acme/${environment}`, "production");
    }
    for (const credential of credentials) await this.#store(credential, at);
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
      answer: { status: 200, contentType: "application/json", body: this.provider.answer() },
      key: new Secret(randomBytes(32).toString("base64")),
    });
    const vault = this.sandbox.github.repository(repository).environments.get(environment ?? "")?.vault;
    if (vault === undefined) throw new Error(`there is no environment ${String(environment)}`);
    vault.put(envelopeSecretName(name), await seal(envelope, vault.publicKey), { now: obtainedAt });
  }

  #writeJournal(at: Date): void {
    const { objects, refs } = this.sandbox.github.repository(this.declared.repository);
    const expiresAt = new Date(at.getTime() + LIFETIME_SECONDS * 1_000);
    const entries = this.declared.credentials.map(({ name, scopes }) => ({
      ...newEntry(name),
      ...{ generation: 1, issued: 1, nonce: `nonce-${name}`, phase: "committed" as const, scope: scopes },
      ...{ authorizedAt: at, committedAt: at, expiresAt },
    }));
    const texts = entries.map((entry) => [entryPath(entry.name), encodeEntry(entry)] as const);
    const changes = [...texts, ["README.md", statusPage("", entries)] as const].map(([path, text]) => ({
      ...{ kind: "set" as const, path, mode: "100644" as const },
      id: objects.write("blob", Buffer.from(text)),
    }));
    const author = { name: "sealring", email: "sealring@example.com", at };
    const tree = changeTree(objects, undefined, changes);
    const message = "Authorized";
    refs.set(REF, writeCommit(objects, { tree, parents: [], author, committer: author, message }));
  }
}

function files(repository: string, count: number): Parameters<typeof loadDeclarations>[0] {
  const texts = new Map([["sealring.yaml", `version: 1\nrepository: ${repository}\n`]]);
  for (let index = 0; index < count; index += 1) {
    const name = `scale-${String(index).padStart(5, "0")}`;
    const environment = `health-${String(Math.floor(index / PER_ENVIRONMENT)).padStart(3, "0")}`;
    texts.set(`credentials/${name}.yaml`, declaration(name, environment));
  }
  const names = [...texts.keys()].filter((path) => path.startsWith("credentials/")).map((path) => path.slice(12));
  return {
    read(path) {
      const text = texts.get(path);
      return text === undefined ? { kind: "missing" } : { kind: "bytes", bytes: Buffer.from(text) };
    },
    list: (directory) => (directory === "credentials" ? names : []),
  };
}

function declaration(name: string, environment: string): string {
  return `version: 1
name: ${name}
environment: ${environment}
provider:
  token_endpoint: ${TOKEN_URL}
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
