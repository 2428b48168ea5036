import { SealringError } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import type { Globals, Host } from "./host.ts";
import { AT_HOME } from "./at-home.ts";
import { choice, duration, lines, optionalDuration, text } from "./options.ts";
import type { Options } from "./options.ts";
import { STARTING } from "./starting.ts";

export interface Call {
  readonly host: Host;
  readonly globals: Globals;
  readonly args: readonly string[];
  readonly options: Options;
}

export interface CommandLine {
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly (readonly [flags: string, description: string])[];
  readonly run: (call: Call) => Promise<ExitCode>;
}

const DEFAULT_TIMEOUT = "5m";
/** Nobody sits before a job: its person has to be found first. The code's own time may be shorter. */
const PATIENCE = "30m";
const DEFAULT_LINES = "30";

const DEADLINE = [
  "--deadline <duration>",
  "start nothing new after this time; finish what was spent",
] as const;

const ENVIRONMENT = [
  "--environment <name>",
  "only credentials whose envelopes are in this environment",
] as const;

const PRUNE = ["--prune", "also remove secrets that sealring wrote and nothing declares any more"] as const;

/** Every command. What does the work is imported when it is called. */
export const COMMANDS: readonly CommandLine[] = [
  ...STARTING,
  {
    usage: "validate [path...]",
    summary: "check declarations, offline",
    options: [["--format <format>", "text, json, github or sarif"]],
    run: async ({ host, globals, args, options }) => {
      const { runValidate } = await import("./validate.ts");
      const format = choice(options, "format", ["text", "json", "github", "sarif"]) ?? "text";
      return runValidate(host, globals, { paths: args, format });
    },
  },
  {
    usage: "plan",
    summary: "show what differs between declarations and GitHub",
    options: [
      ["--check", "exit with 4 when something differs"],
      ["--out <file>", "save the plan, for apply"],
      PRUNE,
    ],
    run: async ({ host, globals, options }) => {
      const { runPlan } = await import("./plan.ts");
      return runPlan(host, globals, {
        mode: options["check"] === true ? "check" : "show",
        orphans: options["prune"] === true ? "prune" : "keep",
        out: text(options, "out"),
      });
    },
  },
  {
    usage: "apply [plan]",
    summary: "make GitHub as the declarations have it",
    options: [["--yes", "do not ask before making changes"], PRUNE],
    run: async ({ host, globals, args, options }) => {
      const { runApply } = await import("./plan.ts");
      return runApply(host, globals, {
        planFile: args.at(0),
        consent: options["yes"] === true ? "given" : "ask",
        orphans: options["prune"] === true ? "prune" : "keep",
      });
    },
  },
  {
    usage: "authorize <name>",
    summary: "authorize a credential, once, as the owner of the account",
    options: [
      ["--flow <flow>", "loopback, paste or device"],
      ["--no-browser", "print the address instead of opening it"],
      ["--timeout <duration>", `how long to wait for the person (default ${DEFAULT_TIMEOUT})`],
      ["--part <part>", "in a job, device flow: request (show the code) or finish (wait for it)"],
      ["--yes", "accept that a job shows the code to everybody who can read its log"],
    ],
    run: async ({ host, globals, args, options }) => {
      const { runAuthorize } = await import("./authorize.ts");
      const part = choice(options, "part", ["request", "finish"]) ?? "whole";
      return runAuthorize(host, globals, {
        name: args.join(""),
        flow: choice(options, "flow", ["loopback", "paste", "device"]),
        browser: options["browser"] === false ? "print" : "open",
        timeoutSeconds: duration(options, "timeout", part === "finish" ? PATIENCE : DEFAULT_TIMEOUT),
        part,
        publicCode: options["yes"] === true ? "accepted" : undefined,
      });
    },
  },
  {
    usage: "refresh [name...]",
    summary: "refresh what is due, and publish it",
    options: [
      ["--force", "refresh even what is not due"],
      ["--probe", "try a refresh token whose last answer was lost"],
      ["--dry-run", "show what would be done"],
      ENVIRONMENT,
      DEADLINE,
    ],
    run: async ({ host, globals, args, options }) => {
      const { runRefresh } = await import("./refresh.ts");
      return runRefresh(host, globals, {
        names: args,
        environment: text(options, "environment"),
        when: options["force"] === true ? "forced" : "due",
        probe: options["probe"] === true ? "asked" : "not_asked",
        effect: options["dryRun"] === true ? "dry_run" : "real",
        deadlineSeconds: optionalDuration(options, "deadline"),
      });
    },
  },
  {
    usage: "recover",
    summary: "settle what earlier runs left; spend nothing",
    options: [
      ["--identity <file>", "open what was sealed to recovery.recipient (an age identity file)"],
      ENVIRONMENT,
      DEADLINE,
    ],
    run: async ({ host, globals, options }) => {
      const { runRecover } = await import("./refresh.ts");
      return runRecover(host, globals, {
        identityPath: text(options, "identity"),
        environment: text(options, "environment"),
        deadlineSeconds: optionalDuration(options, "deadline"),
      });
    },
  },
  {
    usage: "status [name...]",
    summary: "show how each credential is",
    options: [
      ["--check", "exit with 4 when something needs a person"],
      ["--html <file>", "also write it as one page to share, without secrets"],
    ],
    run: async ({ host, globals, args, options }) => {
      const { runStatus } = await import("./status.ts");
      const mode = options["check"] === true ? "check" : "show";
      return runStatus(host, globals, { names: args, mode, html: text(options, "html") });
    },
  },
  {
    usage: "log [name]",
    summary: "show what happened, by the journal's history",
    options: [
      ["--limit <lines>", `how many lines at most (default ${DEFAULT_LINES})`],
      ["--compact", "put one commit in the place of the whole history"],
      ["--yes", "do not ask before compacting"],
    ],
    run: async ({ host, globals, args, options }) => {
      const { runCompact, runLog } = await import("./log.ts");
      const [name] = args;
      if (options["compact"] !== true)
        return runLog(host, globals, { name, limit: lines(options, "limit", DEFAULT_LINES) });
      if (name === undefined)
        return runCompact(host, globals, { consent: options["yes"] === true ? "given" : "ask" });
      throw new SealringError("usage", "--compact takes no name: the history is one for all credentials", {
        hint: "run: sealring log --compact",
      });
    },
  },
  {
    usage: "revoke <name>",
    summary: "end a grant at its provider and remove its secrets",
    options: [],
    run: async ({ host, globals, args }) => {
      const { runRevoke } = await import("./revoke.ts");
      return runRevoke(host, globals, args.join(""));
    },
  },
  {
    usage: "doctor [name]",
    summary: "look for what would keep credentials from being refreshed",
    options: [],
    run: async ({ host, globals, args }) => {
      const { runDoctor } = await import("./doctor.ts");
      return runDoctor(host, globals, args.at(0));
    },
  },
  {
    usage: "providers [action] [id...]",
    summary: "list the catalogue, search it (search <words>), or show one (show <id>)",
    options: [],
    run: async ({ host, globals, args }) => {
      const { runProviders } = await import("./providers.ts");
      return runProviders(host, globals, args);
    },
  },
  {
    usage: "simulate",
    summary: "plan capacity: what a schedule comes to in refreshes, requests and minutes",
    options: [
      ["--credentials <count>", "so many, made up, in the place of the declared ones"],
      ["--outputs <count>", "of each made-up credential (default 1)"],
      ["--destinations <count>", "of each made-up output (default 1)"],
      ["--lifetime <duration>", "of the access tokens (default 30d)"],
      ["--margin <duration>", "in the place of the declared margins"],
      ["--schedule <cron>", "in the place of the project's"],
      ["--days <count>", "how long to play (default 30)"],
      ["--delay <durations>", "how late runs start: median, 95 in 100, most (default 10m,1h,6h)"],
      ["--dropped <percent>", "runs that never start (default 2)"],
      ["--outages <count>x<duration>", "in 30 days (default 1x4h)"],
      ["--together", "all were authorized at once"],
      ["--seed <number>", "the same gives the same result (default 1)"],
    ],
    run: async ({ host, globals, options }) => {
      const { runSimulate } = await import("./simulate.ts");
      return runSimulate(host, globals, options);
    },
  },
  ...AT_HOME,
];
