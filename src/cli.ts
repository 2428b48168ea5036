import { Command, CommanderError } from "commander";
import type { Globals, Host } from "./cli/host.ts";
import { COMMANDS } from "./cli/table.ts";
import type { Options } from "./cli/options.ts";
import type { CommandLine } from "./cli/table.ts";
import { EXIT } from "./errors.ts";
import type { ExitCode } from "./errors.ts";
import { documentJson } from "./report/document.ts";

const DESCRIPTION = `OAuth2 credentials as code: declare in YAML, authorize once, and read fresh
tokens from GitHub secrets.`;

/** `sealring`, from its arguments to its exit code. A command's code is loaded when the command is called. */
export async function run(argv: readonly string[], host: Host): Promise<ExitCode> {
  let exit: ExitCode = EXIT.done;
  const program = createProgram(host);
  for (const line of COMMANDS) {
    addCommand(program, line, async (globals, args, options) => {
      exit = await perform({ host, globals }, line, { args, options });
    });
  }
  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.done;
    if (argv.includes("--json")) host.out(misunderstood(argv, error));
    return EXIT.usage;
  }
  return exit;
}

/** The document of a command line that was not understood. A person reads the same on standard error. */
function misunderstood(argv: readonly string[], { message }: CommanderError): string {
  const command = argv.find((word) => !word.startsWith("-")) ?? "";
  const fault = { code: "usage", message: message.replace(/^error: /, ""), hint: "run: sealring --help" };
  return documentJson({ command, ok: false, results: [], faults: [fault] });
}

function createProgram(host: Host): Command {
  return new Command("sealring")
    .description(DESCRIPTION)
    .version(host.version)
    .option("-C <dir>", "the repository's directory, for any command")
    .exitOverride()
    .configureHelp({ helpWidth: 80 })
    .configureOutput({
      writeOut: (text) => {
        host.out(text);
      },
      writeErr: (text) => {
        host.err(text);
      },
    })
    .showHelpAfterError("run: sealring --help")
    .helpCommand("help [command]", "display help for command");
}

type Action = (globals: Globals, args: readonly string[], options: Options) => Promise<void>;

function addCommand(program: Command, line: CommandLine, action: Action): void {
  const command = program
    .command(line.usage)
    .summary(line.summary)
    .description(line.summary)
    .option("-C <dir>", "the repository's directory", ".")
    .option("--json", "print one JSON document on standard output")
    .option("--no-input", "never ask; fail instead")
    .option("--verbose", "with an error, show where in sealring it arose");
  for (const [flags, description] of line.options) command.option(flags, description);
  command.showHelpAfterError(`run: sealring ${command.name()} --help`);
  command.action(async (...given: unknown[]) => {
    const options = command.optsWithGlobals<Options>();
    await action(globalsOf(options), given.slice(0, -2).flat().filter(isText), options);
  });
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function globalsOf(options: Options): Globals {
  return {
    directory: typeof options["C"] === "string" ? options["C"] : ".",
    format: options["json"] === true ? "json" : "text",
    noInput: options["input"] === false,
    verbose: options["verbose"] === true,
  };
}

interface Call {
  readonly args: readonly string[];
  readonly options: Options;
}

async function perform(
  stage: { readonly host: Host; readonly globals: Globals },
  line: CommandLine,
  call: Call,
): Promise<ExitCode> {
  try {
    return await line.run({ ...stage, ...call });
  } catch (error) {
    const { fail } = await import("./cli/output.ts");
    return fail({ ...stage, command: line.usage.split(" ", 1).join("") }, error);
  }
}
