import type { Ports } from "../commands/context.ts";
import type { ActionFiles, Files, GitWork, Handover, TreeWriter } from "../ports.ts";
import type { ConnectTo } from "../sandbox/demo-world.ts";
import type { Secret } from "../secret.ts";
import type { HttpServer } from "../http-server.ts";

/** The step of a GitHub Actions job that this process is, by what its runner gives it. */
export interface Step {
  /** Appends Markdown to the step's summary. Never fails a command. */
  summarize(markdown: string): Promise<void>;
  /** Sets outputs, for `steps.<id>.outputs`. Never fails a command. */
  output(values: Readonly<Record<string, string>>): Promise<void>;
  /** @throws SealringError `usage` where the step has no GitHub token. */
  handover(): Handover;
}

/** The process as the command line sees it; main.ts makes it. What is costly to load comes as a promise. */
export interface Host {
  readonly version: string;
  /** As `process.versions.node` gives it. */
  readonly nodeVersion: string;
  /** A terminal that takes colour. */
  readonly colour: "always" | "never";
  /** As wide as the terminal is; undefined: the output goes elsewhere. */
  readonly columns: number | undefined;
  out(text: string): void;
  /** Prints workflow commands, for GitHub's runner to act upon; `out` makes them inert there. */
  command(text: string): void;
  err(text: string): void;
  files(directory: string): Promise<Files>;
  /** owner/name from the environment or the git remote. */
  repository(directory: string): Promise<string | undefined>;
  ports(globals: Globals): Promise<Ports>;
  /** The text of a file that holds a secret; relative to the working directory. Throws `usage` where it cannot be read. */
  secretFile(path: string): Promise<Secret>;
  /** A text file, relative to the working directory. Both throw `usage` where it cannot be read, or written. */
  readText(path: string): Promise<string>;
  writeText(path: string, text: string): Promise<void>;
  tree(directory: string): Promise<TreeWriter>;
  /** What `apply` puts into the folder of the action. */
  readonly actionFiles: ActionFiles;
  /** undefined: this process is no step of a job. */
  step(): Promise<Step | undefined>;
  gitWork(directory: string): Promise<GitWork>;
  httpServer(): Promise<HttpServer>;
  readonly connectTo: ConnectTo;
}

/** The options that every command takes. */
export interface Globals {
  /** `-C`: the repository's directory. */
  readonly directory: string;
  readonly format: "text" | "json";
  readonly noInput: boolean;
  readonly verbose: boolean;
}
