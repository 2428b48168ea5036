import { stringify } from "yaml";
import { createHttpClient } from "../../src/adapters/http-client.ts";
import { authorize } from "../../src/commands/authorize.ts";
import type { Ports } from "../../src/commands/context.ts";
import { refresh } from "../../src/commands/refresh.ts";
import { revoke } from "../../src/commands/revoke.ts";
import { decodeEntry } from "../../src/journal/codec.ts";
import { entryPath } from "../../src/journal/entry.ts";
import type { JournalEntry, Owner } from "../../src/journal/entry.ts";
import { Secret } from "../../src/secret.ts";
import { RecordingProgress, realRandom } from "../support/grant-ports.ts";
import { JobClock } from "../support/job-clock.ts";
import { NOBODY } from "../../src/commands/nobody.ts";
import { MemoryDisk } from "../support/job-ports.ts";
import { memoryFiles } from "../support/memory-files.ts";
import { envelopeName } from "../support/world.ts";
import type { Declared } from "./declared.ts";
import type { Emulator, Setting } from "./emulator.ts";
import { MemoryGitHub } from "./memory-github.ts";
import { Person } from "./person.ts";
import { emulate, CLIENT } from "./standard.ts";

export type GrantKind = "authorization_code" | "device_code" | "client_credentials";

export interface Cast extends Partial<Pick<Setting, "manner" | "generation">> {
  readonly declared: Declared;
  readonly grant?: GrantKind;
  /** What the credential declares of its provider; where not given, all that is true of it. */
  readonly told?: (declared: Declared) => Declared;
  readonly scopes?: readonly string[];
  readonly authMethod?: string;
  /** Outputs beside the access token, by field. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** A client secret, and what the server knows of it; where not given, a secret that both know. */
  readonly secret?: { readonly own: string | undefined; readonly registered: string | undefined };
}

const NAME = "life";
const OUTPUT = "LIFE_ACCESS_TOKEN";

/** One credential of sealring's at an emulated provider, through sealring's own commands. */
export class Life {
  readonly emulator: Emulator;
  readonly github = new MemoryGitHub();
  readonly clock: JobClock;
  readonly #cast: Cast;
  readonly #redirectUri: string | undefined;
  readonly #http = createHttpClient({ env: {} });
  #runs = 0;

  private constructor(clock: JobClock, emulator: Emulator, cast: Cast) {
    this.clock = clock;
    this.emulator = emulator;
    this.#cast = cast;
    this.#redirectUri = redirectFor(cast.declared).declared;
  }

  /** Lasts as long as the test. */
  static async begin(cast: Cast): Promise<Life> {
    const clock = new JobClock();
    const { declared, secret, scopes = ["read:daily", "write"] } = cast;
    const emulator = await emulate({
      ...cast,
      now: () => clock.now(),
      client: {
        ...{ id: CLIENT.id, redirectUri: redirectFor(declared).registered, scopes },
        secret: secret === undefined ? CLIENT.secret : secret.registered,
      },
    });
    return new Life(clock, emulator, cast);
  }

  /** A person authorizes, at a terminal. */
  async authorize() {
    const person = new Person();
    const { own } = this.#cast.secret ?? { own: CLIENT.secret };
    const secrets = { read: () => (own === undefined ? undefined : new Secret(own)) };
    const inBrowser = (this.#cast.grant ?? "authorization_code") === "authorization_code";
    const flow = inBrowser && this.#redirectUri?.startsWith("https:") === true ? "paste" : undefined;
    const { listener, browser, prompt, progress } = person;
    const ports = { ...this.#ports({ kind: "process" }), listener, browser, prompt, progress, secrets };
    const report = await authorize(ports, { name: NAME, flow, timeoutSeconds: 300 });
    this.clock.passSeconds(1);
    if (report.faults.length > 0) throw new Error(JSON.stringify(report.faults, undefined, 1));
    return report.results[0];
  }

  async refresh(how: { readonly when?: "due" | "forced"; readonly probe?: "asked" } = {}) {
    const { when = "forced", probe = "not_asked" } = how;
    const request = { names: [], when, probe, effect: "real" } as const;
    return (await this.#inJob((ports) => refresh(ports, request))).results[0];
  }

  async revoke() {
    return (await this.#inJob((ports) => revoke(ports, NAME))).results[0];
  }

  /** Lets most of an access token's life pass. */
  untilDue(): void {
    this.clock.passSeconds(Math.floor(this.emulator.books.lifetimeSeconds * 0.9));
  }

  /** The access token that consumers read. */
  output(): string {
    return this.github.stores.values.get(OUTPUT) ?? "";
  }

  /** What consumers may do with it at the provider. */
  allowed(): readonly string[] | undefined {
    return this.emulator.scopesOf(this.output());
  }

  envelope(): string {
    return this.github.stores.values.get(envelopeName(NAME)) ?? "";
  }

  /** The credential's file in the journal. */
  entry(): JournalEntry {
    return decodeEntry(NAME, this.github.journal.files().get(entryPath(NAME)) ?? "");
  }

  /** In a run of its own, with the secrets as they are when it starts. */
  async #inJob<Result>(work: (ports: Ports) => Promise<Result>): Promise<Result> {
    const runId = String((this.#runs += 1));
    const held = new Map(this.github.stores.values);
    const secrets = {
      read: (name: string) => {
        const value = held.get(name);
        return value === undefined ? undefined : new Secret(value);
      },
    };
    this.github.begin(runId, this.clock.now());
    const owner = { kind: "run", runId, attempt: 1, jobId: runId } as const;
    try {
      return await work({ ...this.#ports(owner), secrets });
    } finally {
      this.github.end(runId, this.clock.now());
      this.clock.passSeconds(1);
    }
  }

  #ports(owner: Owner): Omit<Ports, "secrets"> {
    return {
      clock: this.clock,
      random: realRandom,
      http: this.#http,
      progress: new RecordingProgress(),
      disk: new MemoryDisk(),
      stop: new AbortController().signal,
      self: { owner, startedAt: this.clock.now(), runUrl: undefined },
      files: memoryFiles({ [`credentials/${NAME}.yaml`]: stringify(this.#credential()) }),
      ...{ prompt: NOBODY, browser: new Person().browser, listener: new Person().listener },
      findRepository: () => "acme/credentials",
      connect: async () => this.github.connected(),
    };
  }

  #credential() {
    const { emulator } = this;
    const { grant = "authorization_code", told = (all: Declared) => all, authMethod, secret } = this.#cast;
    const isPublic = secret !== undefined && secret.own === undefined;
    return {
      version: 1,
      name: NAME,
      owner: "data-platform@acme.example",
      provider: told(emulator.declared),
      ...(Object.keys(emulator.values).length === 0 ? {} : { provider_parameters: emulator.values }),
      grant,
      client: {
        id: emulator.client.id,
        ...(isPublic ? {} : { secret: "LIFE_CLIENT_SECRET" }),
        ...(authMethod === undefined ? {} : { token_endpoint_auth_method: authMethod }),
      },
      scopes: emulator.client.scopes,
      ...(grant === "authorization_code" && this.#redirectUri !== undefined
        ? { redirect_uri: this.#redirectUri }
        : {}),
      outputs: { [OUTPUT]: "access_token", ...this.#cast.outputs },
    };
  }
}

/** What a person registers, and what the credential then declares. */
function redirectFor({ loopback_redirect: rule = "exact", registration }: Declared): {
  readonly registered: string;
  readonly declared: string | undefined;
} {
  const advised = registration?.redirect_uri;
  switch (rule) {
    case "any_port":
    case "any_port_ip_literal":
      return { registered: "http://127.0.0.1/callback", declared: undefined };
    case "any_port_localhost":
      return { registered: "http://localhost/callback", declared: undefined };
    case "https_only":
      return same(advised?.startsWith("https://") === true ? advised : "https://app.example.com/callback");
    case "exact_ip_literal":
      return same(isLoopback(advised) ? advised : "http://127.0.0.1:8484/callback");
    default:
      return same(isLoopback(advised) ? advised : "http://localhost:8484/callback");
  }
}

function isLoopback(uri: string | undefined): uri is string {
  return uri !== undefined && /^http:\/\/(localhost|127\.0\.0\.1|\[::1\]):[0-9]+\//.test(uri);
}

function same(uri: string) {
  return { registered: uri, declared: uri };
}
