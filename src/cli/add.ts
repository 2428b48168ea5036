import type { Told } from "../adding/told.ts";
import { destinationsIn, outputsIn, parametersIn, wordsIn } from "../adding/words.ts";
import { add } from "../commands/add.ts";
import type { ExitCode } from "../errors.ts";
import { addJson, addText, noticeText } from "../report/add.ts";
import type { Globals, Host } from "./host.ts";
import { choice, text, texts } from "./options.ts";
import type { Options } from "./options.ts";
import { finish } from "./output.ts";

export interface AddOptions {
  readonly provider: string | undefined;
  readonly options: Options;
}

/** Runs `sealring add`. */
export async function runAdd(
  host: Host,
  globals: Globals,
  { provider, options }: AddOptions,
): Promise<ExitCode> {
  const ports = { ...(await host.ports(globals)), tree: await host.tree(globals.directory) };
  const report = await add(ports, {
    provider,
    told: toldBy(options),
    consent: options["yes"] === true ? "given" : "ask",
    notify: (notice) => {
      host.err(noticeText(notice));
    },
  });
  const exit = finish({ host, globals }, report, { text: addText, json: addJson });
  // A fault shows a place in a file that there is not.
  if (report.faults.length > 0 && globals.format !== "json") host.err("Nothing is saved.\n");
  return exit;
}

function toldBy(options: Options): Told {
  const [parameters, outputs, destinations] = [
    texts(options, "parameter"),
    texts(options, "output"),
    texts(options, "destination"),
  ];
  const scopes = text(options, "scopes");
  return {
    name: text(options, "name"),
    description: text(options, "description"),
    owner: text(options, "owner"),
    rotation: choice(options, "rotation", ["none", "optional", "single_use", "old_stays_valid"]),
    parameters: parameters && parametersIn(parameters),
    grant: choice(options, "grant", ["authorization_code", "device_code", "client_credentials"]),
    redirectUri: text(options, "redirectUri"),
    clientId: text(options, "clientId"),
    client: options["public"] === true ? "public" : undefined,
    scopes: scopes === undefined ? undefined : wordsIn(scopes),
    outputs: outputs && outputsIn(outputs),
    destinations: destinations && destinationsIn(destinations),
    environment: text(options, "environment"),
  };
}
