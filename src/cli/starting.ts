import type { CommandLine } from "./table.ts";

/** The commands by which a repository gets its first credential, and the next. */
export const STARTING: readonly CommandLine[] = [
  {
    usage: "init",
    summary: "write what a repository with credentials has, where it is missing",
    options: [],
    run: async ({ host, globals }) => {
      const { runInit } = await import("./init.ts");
      return runInit(host, globals);
    },
  },
  {
    usage: "add [provider]",
    summary: "ask for what a provider needs, and write a credential's file",
    options: [
      ["--name <name>", "of the credential and its file (default: the provider's id)"],
      ["--description <text>", "what the data is for"],
      ["--owner <who>", "who is called when a person is needed"],
      ["--parameter <key=value...>", "the provider's, such as tenant=acme"],
      ["--rotation <what>", "none, optional, single_use or old_stays_valid, where the catalogue has none"],
      ["--grant <grant>", "authorization_code, device_code or client_credentials"],
      ["--redirect-uri <uri>", "byte for byte as registered"],
      ["--client-id <id>", "of the client that is registered at the provider"],
      ["--public", "the client has no secret"],
      ["--scopes <scopes>", "with commas; an empty text: none"],
      ["--output <NAME=field...>", "the secrets that pipelines read"],
      ["--destination <where...>", "owner/name or owner/name:environment (default: this repository)"],
      ["--environment <name>", "whose secrets hold its refresh token (default: the project's)"],
      ["--yes", "save it without asking"],
    ],
    run: async ({ host, globals, args, options }) => {
      const { runAdd } = await import("./add.ts");
      return runAdd(host, globals, { provider: args.at(0), options });
    },
  },
];
