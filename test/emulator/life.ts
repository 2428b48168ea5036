import { stringify } from "yaml";
import { revoke } from "../../src/commands/revoke.ts";
import { Secret } from "../../src/secret.ts";
import { World } from "../support/world.ts";
import type { Declared } from "./declared.ts";
import type { Emulator, Setting } from "./emulator.ts";
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
  /** A client secret, and what the server knows of it; where not given, a secret that both know. */
  readonly secret?: { readonly own: string | undefined; readonly registered: string | undefined };
}

const NAME = "life";
const OUTPUT = "LIFE_ACCESS_TOKEN";
const ANY = "read:daily";

/** One credential of sealring's at an emulated provider, with a GitHub of its own. */
export class Life {
  readonly world: World;
  readonly emulator: Emulator;
  readonly #cast: Cast;
  readonly #redirectUri: string | undefined;

  private constructor(world: World, emulator: Emulator, cast: Cast) {
    this.world = world;
    this.emulator = emulator;
    this.#cast = cast;
    this.#redirectUri = redirectFor(cast.declared).declared;
    world.declarations.set(NAME, stringify(this.#credential()));
  }

  /** Lasts as long as the test. */
  static async begin(cast: Cast): Promise<Life> {
    const world = await World.create();
    const { declared, secret, scopes = [ANY, "write"] } = cast;
    const emulator = await emulate({
      ...cast,
      now: () => world.clock.now(),
      client: {
        ...{ id: CLIENT.id, redirectUri: redirectFor(declared).registered, scopes },
        secret: secret === undefined ? CLIENT.secret : secret.registered,
      },
    });
    return new Life(world, emulator, cast);
  }

  async authorize() {
    const person = new Person();
    const { own } = this.#cast.secret ?? { own: CLIENT.secret };
    const secrets = { read: () => (own === undefined ? undefined : new Secret(own)) };
    const flow = this.#redirectUri?.startsWith("https:") === true ? "paste" : undefined;
    const ports = { listener: person.listener, browser: person.browser, prompt: person.prompt, secrets };
    const report = await this.world.authorize(NAME, { flow, ports });
    if (report.faults.length > 0) throw new Error(JSON.stringify(report.faults, undefined, 1));
    return report.results[0];
  }

  async refresh(how: { readonly when?: "due" | "forced"; readonly probe?: "asked" } = {}) {
    return (await this.world.refresh({ when: "forced", ...how })).results[0];
  }

  async revoke() {
    return (await this.world.within({}, ({ ports }) => revoke(ports, NAME))).results[0];
  }

  /** Lets most of an access token's life pass. */
  untilDue(): void {
    this.world.clock.passSeconds(Math.floor(this.emulator.books.lifetimeSeconds * 0.9));
  }

  /** The access token that consumers read. */
  output(): string {
    return this.world.output(OUTPUT) ?? "";
  }

  /** What consumers may do with it at the provider. */
  allowed(): readonly string[] | undefined {
    return this.emulator.scopesOf(this.output());
  }

  envelope(): string {
    return this.world.envelope(NAME) ?? "";
  }

  phase(): string {
    return this.world.entry(NAME).phase;
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
      outputs: { [OUTPUT]: "access_token" },
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
