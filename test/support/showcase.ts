import { encodeEntry } from "../../src/journal/codec.ts";
import type { JournalEvent } from "../../src/journal/event.ts";
import type { JournalEntry } from "../../src/journal/entry.ts";
import { describeMessage } from "../../src/journal/message.ts";
import { ConsoleWorld } from "./console-world.ts";
import { anEntry } from "./entries.ts";
import { git } from "./git.ts";
import { World } from "./world.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;

interface Shown {
  readonly name: string;
  readonly about: string;
  readonly owner: string;
  readonly lines: readonly string[];
}

const OUTPUTS = (name: string) => `outputs: { ${name}_ACCESS_TOKEN: access_token }`;

/** Six credentials of the catalogue, as a team would declare them. */
const SHOWN: readonly Shown[] = [
  {
    ...{ name: "oura", about: "Sleep, activity and recovery of the study cohort", owner: "data-platform" },
    lines: [
      "provider: oura",
      "client: { id: 4c1b7a00-1111-2222-3333-444455556666, secret: OURA_CLIENT_SECRET }",
      "scopes: [personal, daily, heartrate]",
      "redirect_uri: http://localhost:8484/callback",
      "refresh: { margin: 22d }",
      OUTPUTS("OURA"),
    ],
  },
  {
    ...{ name: "strava", about: "Rides and runs of the company's club", owner: "community" },
    lines: [
      "provider: strava",
      'client: { id: "104233", secret: STRAVA_CLIENT_SECRET }',
      "scopes: [read, activity:read_all]",
      OUTPUTS("STRAVA"),
    ],
  },
  {
    ...{ name: "whoop", about: "Strain and recovery of the athletes", owner: "data-platform" },
    lines: [
      "provider: whoop",
      "client: { id: 9d1f0c52-aaaa-4bbb-8ccc-1234567890ab, secret: WHOOP_CLIENT_SECRET }",
      "scopes: [offline, read:recovery, read:sleep]",
      "redirect_uri: http://localhost:8484/callback",
      OUTPUTS("WHOOP"),
    ],
  },
  {
    ...{ name: "spotify", about: "What the office listens to", owner: "workplace" },
    lines: [
      "provider: spotify",
      "client: { id: 5fe01282e44241328a84e7c5cc169165, secret: SPOTIFY_CLIENT_SECRET }",
      "scopes: [user-read-recently-played]",
      "redirect_uri: http://127.0.0.1:8484/callback",
      OUTPUTS("SPOTIFY"),
    ],
  },
  {
    ...{ name: "release-bot", about: "Opens the release's pull requests", owner: "releases" },
    lines: [
      "provider: github-app",
      "client: { id: Iv23liAbCdEfGhIjKlMn, secret: RELEASE_BOT_CLIENT_SECRET }",
      "redirect_uri: http://localhost:8484/callback",
      OUTPUTS("RELEASE_BOT"),
    ],
  },
  {
    ...{ name: "tickets", about: "Customers' questions, for the weekly report", owner: "support" },
    lines: [
      "provider: linear",
      "client: { id: 7a86cb1e4e7245ee8b2d2a90aa5b1d41, secret: TICKETS_CLIENT_SECRET }",
      "scopes: [read]",
      "redirect_uri: http://localhost:8484/callback",
      OUTPUTS("TICKETS"),
    ],
  },
];

function yamlOf({ name, about, owner, lines }: Shown): string {
  const grant = "grant: authorization_code";
  const who = [`description: ${about}`, `owner: ${owner}@acme.example`];
  return ["version: 1", `name: ${name}`, ...who, grant, ...lines, ""].join("\n");
}

/** A team's console after a month: what its pictures show. */
export async function openShowcase(): Promise<ConsoleWorld> {
  const world = await World.create();
  const opened = await ConsoleWorld.on(world);
  git(opened.directory, "init", "--quiet", "--initial-branch=main");
  for (const shown of SHOWN) opened.write(`credentials/${shown.name}.yaml`, yamlOf(shown));
  // The one-time link is good for ten minutes.
  await opened.cookie();
  await new Past(world).write();
  return opened;
}

/** A month of the journal. Generations of `oura` are renewed with 22 days left, as it declares. */
class Past {
  readonly #world: World;
  #oura = anEntry({ scope: ["personal", "daily", "heartrate"] });
  #run = 7_301;

  constructor(world: World) {
    this.#world = world;
  }

  async write(): Promise<void> {
    this.#oura = { ...this.#oura, authorizedAt: this.#now() };
    await this.#renew("authorized", 1);
    for (const generation of [2, 3, 4]) {
      this.#pass(8 * DAY + (generation % 2) * HOUR);
      await this.#renew("refreshed", generation);
    }
    this.#pass(3 * DAY + 2 * HOUR);
    await this.#put(this.#others(), "by hand");
    this.#pass(21 * 60);
  }

  #now(): Date {
    return this.#world.clock.now();
  }

  #in(seconds: number): Date {
    return new Date(this.#now().getTime() + seconds * 1_000);
  }

  #pass(seconds: number): void {
    this.#world.clock.passSeconds(seconds);
  }

  #runUrl(): string {
    this.#run += 1;
    const { webUrl } = this.#world.connect().access;
    return `${webUrl}/${this.#world.repository}/actions/runs/${String(this.#run)}`;
  }

  /** A new generation of `oura`. */
  async #renew(kind: "authorized" | "refreshed", generation: number): Promise<void> {
    const now = this.#now();
    const renewed = kind === "authorized" ? {} : { refreshedAt: now, runUrl: this.#runUrl() };
    const { repository } = this.#world;
    const target = { kind: "repository", repository, app: "actions" } as const;
    this.#oura = {
      ...{ ...this.#oura, ...renewed, generation, issued: generation },
      ...{ committedAt: now, expiresAt: this.#in(30 * DAY) },
      published: [{ target, secretName: "OURA_ACCESS_TOKEN", at: now }],
    };
    await this.#tell({ kind, generation });
  }

  async #tell(event: JournalEvent): Promise<void> {
    const { runUrl } = this.#oura;
    const message = describeMessage({ kind: "events", events: [{ name: "oura", event }], runUrl });
    await this.#put([this.#oura], message);
  }

  async #put(entries: readonly JournalEntry[], message: string): Promise<void> {
    const { journal } = this.#world.connect();
    const files = new Map(entries.map((entry) => [`credentials/${entry.name}.json`, encodeEntry(entry)]));
    await journal.swap(await journal.head(), { message, files });
  }

  /** How the others stand. */
  #others(): readonly JournalEntry[] {
    const since = (seconds: number) => ({ committedAt: this.#in(-seconds), refreshedAt: this.#in(-seconds) });
    const common = { authorizedAt: this.#in(-60 * DAY), runUrl: this.#runUrl() };
    return [
      anEntry({
        ...{ ...common, ...since(HOUR), name: "strava", generation: 213, issued: 213 },
        ...{ expiresAt: this.#in(5 * HOUR), scope: ["read", "activity:read_all"] },
      }),
      anEntry({
        ...{ ...common, ...since(HOUR / 4), name: "whoop", generation: 96, issued: 97, phase: "ambiguous" },
        ...{ expiresAt: this.#in(45 * 60), scope: ["offline", "read:recovery", "read:sleep"] },
        error: { class: "ambiguous", code: "timeout" },
      }),
      anEntry({
        ...{ ...common, ...since(7 * HOUR), name: "release-bot", generation: 171, issued: 171 },
        ...{ expiresAt: this.#in(HOUR), scope: undefined },
      }),
      anEntry({
        ...{ ...common, ...since(26 * HOUR), name: "tickets", generation: 58, issued: 58, scope: ["read"] },
        ...{ expiresAt: this.#in(-2 * HOUR), phase: "reauthorization_required" },
        error: { class: "reauthorization_required", code: "invalid_grant" },
      }),
    ];
  }
}
