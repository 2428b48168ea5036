import type { ClientSecretOutcome } from "../commands/add-secret.ts";
import { NOBODY } from "../commands/nobody.ts";
import type { ApplyPorts } from "../commands/plan.ts";
import type { Credential, Project } from "../declaration/credential.ts";
import type { HttpServer } from "../http-server.ts";
import type { Clock, GitWork, Progress } from "../ports.ts";
import type { Secret } from "../secret.ts";
import { Connections } from "./connections.ts";
import { Live } from "./live.ts";
import { Masked } from "./masked.ts";
import { Operations } from "./operations.ts";
import type { Teller } from "./operations.ts";
import { Reading } from "./reading.ts";
import { Session } from "./session.ts";
import { Underway } from "./underway.ts";

/** What the console uses of the world outside. */
export interface ConsolePorts extends ApplyPorts {
  readonly server: HttpServer;
  readonly git: GitWork;
  /** Between looks for what nobody tells the console of. */
  readonly pace: Clock["sleep"];
  /** As `process.versions.node` gives it. */
  readonly nodeVersion: string;
}

/** A credential as it was declared until an edit. */
export interface Edit {
  readonly until: Date;
  readonly credential: Credential;
  readonly project: Project;
}

/** Everything that the pages of one console share. */
export interface Console {
  /** Scheme, host and port, without a slash at the end. */
  readonly origin: string;
  readonly session: Session;
  readonly live: Live;
  readonly operations: Operations;
  readonly underway: Underway;
  readonly masked: Masked;
  /** Client secrets that were typed and are still wanted, by their names; gone with the process. */
  readonly typed: Map<string, Secret>;
  /** The fingerprint of whom a typed one was typed for; without one: for nobody that the person was shown. */
  readonly typedFor: WeakMap<Secret, string>;
  /** What became of the client secret of each credential that was saved here, by the credential's name. */
  readonly savedSecrets: Map<string, ClientSecretOutcome>;
  /** How each credential that was edited here was declared before, the oldest first, by the credential's name. */
  readonly edits: Map<string, readonly Edit[]>;
  readonly reading: Reading;
  /** For pages: GitHub is asked as seldom as may be. */
  readonly ports: ConsolePorts;
  /** For work that writes: what it says goes to its operation, and nobody is asked at a terminal. */
  readonly workPorts: (teller: Teller) => ConsolePorts;
}

export function createConsole(given: ConsolePorts, origin: string): Console {
  const { clock, random } = given;
  const [live, masked, typed] = [new Live(), new Masked(), new Map<string, Secret>()];
  const [reading, connections] = [new Reading(() => clock.now()), new Connections(given)];
  live.subscribe((topic) => {
    if (topic !== "journal") return;
    reading.forget();
    connections.forget();
  });
  const mask = (secret: Secret) => {
    masked.add(secret);
    given.progress.mask(secret);
  };
  const read = (name: string) => {
    const secret = typed.get(name) ?? given.secrets.read(name);
    if (secret !== undefined) mask(secret);
    return secret;
  };
  const connect: ConsolePorts["connect"] = (...to) => connections.of(...to);
  const ports: ConsolePorts = { ...given, connect, prompt: NOBODY, secrets: { read } };
  const progressOf = (teller: Teller): Progress => ({ mask, say: teller.say });
  return {
    origin,
    session: new Session(random, clock),
    live,
    operations: new Operations({ clock, random, live, masked }),
    underway: new Underway(),
    ...{ masked, typed, typedFor: new WeakMap(), savedSecrets: new Map(), edits: new Map(), reading },
    ports: {
      ...ports,
      progress: { mask, say: () => undefined },
      connect: async (...to) => reading.of(await connect(...to)),
    },
    workPorts: (teller) => ({
      ...ports,
      progress: progressOf(teller),
      self: { ...given.self, startedAt: clock.now() },
    }),
  };
}
