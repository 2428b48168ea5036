import { loopbackListener } from "../../../src/adapters/loopback-listener.ts";
import type { ConsolePorts } from "../../../src/console/console.ts";
import type { Clock } from "../../../src/ports.ts";
import { consent } from "../../../src/sandbox/scripted-person.ts";
import type { Decision } from "../../../src/sandbox/scripted-person.ts";
import { freePort } from "../../support/free-port.ts";
import { ConsoleWorld } from "../../support/console-world.ts";
import type { Visited } from "../../support/console-world.ts";
import { declarationOf } from "../../support/declarations.ts";
import type { Wanted } from "../../support/declarations.ts";
import { World } from "../../support/world.ts";

export const PAGE = "/credentials/oura/authorize";

/** The link to the provider. */
export const LINK = /<a class="button main authorize-button" href="([^"]+)"/;

/** No client secret in the environment: the page asks for it. */
export const NO_SECRETS = { secrets: { read: () => undefined } } as const;

/** A person at the console's page on authorizing `oura`, with a real listener on a port of its own. */
export class Scene {
  readonly world: ConsoleWorld;
  /** Every page that was shown. */
  readonly seen: string[] = [];

  private constructor(world: ConsoleWorld) {
    this.world = world;
  }

  static async open(wanted: Partial<Wanted> = {}, more: Partial<ConsolePorts> = {}): Promise<Scene> {
    return Scene.on(await World.create(), wanted, more);
  }

  static async on(
    world: World,
    wanted: Partial<Wanted> = {},
    more: Partial<ConsolePorts> = {},
  ): Promise<Scene> {
    const redirect = `http://localhost:${String(await freePort())}/callback`;
    return Scene.at(world, redirect, { wanted, more });
  }

  /** With this redirect URI, registered at the provider. */
  static async at(
    world: World,
    redirect: string,
    { wanted = {}, more = {} }: { readonly wanted?: Partial<Wanted>; readonly more?: Partial<ConsolePorts> },
  ): Promise<Scene> {
    const { authorizationServer, addresses } = world.sandbox;
    const { authorization_server: at } = addresses;
    const client = { id: "console-client", secret: at.client_secret, redirectUris: [redirect] };
    authorizationServer.registerClient(client);
    const opened = await ConsoleWorld.on(world, {}, { more: { listener: loopbackListener, ...more } });
    const declared = { name: "oura", clientId: client.id, ...wanted };
    opened.write("credentials/oura.yaml", declarationOf({ ...at, redirect_uris: ["", redirect] }, declared));
    return new Scene(opened);
  }

  get server() {
    return this.world.world.sandbox.authorizationServer;
  }

  get clientSecret(): string {
    return this.world.world.sandbox.addresses.authorization_server.client_secret;
  }

  async look(): Promise<string> {
    return this.#keep(await this.world.get(PAGE)).text;
  }

  /** The field by which the person allows that a variable is sent, where the page has it. */
  tick(): Promise<readonly (readonly [string, string])[]> {
    return this.world.ticksOn(PAGE);
  }

  /** Ticks what is to be ticked. */
  async press(fields: readonly (readonly [string, string])[] = [], path = PAGE): Promise<Visited> {
    const ticked = path === PAGE && !fields.some(([name]) => name === "sending") ? await this.tick() : [];
    return this.#keep(await this.world.post(path, [...fields, ...ticked]));
  }

  /** The page, once it shows something. */
  async shows(pattern: RegExp): Promise<string> {
    for (;;) {
      const change = this.#change();
      const text = await this.look();
      if (pattern.test(text)) return text;
      await change;
    }
  }

  /** Where the page sends the person. */
  async address(link = LINK): Promise<string> {
    const text = await this.shows(link);
    return (link.exec(text)?.[1] ?? "").replaceAll("&amp;", "&");
  }

  /** The address to which the provider sends the browser back. */
  async decide(decision: Decision, link = LINK): Promise<string> {
    return consent(this.server.handler, await this.address(link), decision);
  }

  /** The page after everything that goes on has ended. */
  async ended(): Promise<string> {
    await this.world.console.operations.settled();
    return this.look();
  }

  #keep(visited: Visited): Visited {
    this.seen.push(visited.text);
    return visited;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      const end = this.world.console.live.subscribe(() => {
        end();
        resolve();
      });
    });
  }
}

/** A clock on which work waits for the test, and not for the time: `go` lets it on, for good. */
export function heldClock(clock: Clock): { readonly clock: Clock; readonly go: () => void } {
  let go: () => void = () => undefined;
  const open = new Promise<void>((resolve) => {
    go = resolve;
  });
  const sleep: Clock["sleep"] = async (milliseconds, signal) => {
    if (signal === undefined) await open;
    await clock.sleep(milliseconds, signal);
  };
  return { clock: { now: () => clock.now(), sleep }, go };
}
