import type { Secret } from "./secret.ts";

/** Time, as data and as waiting. */
export interface Clock {
  now(): Date;
  /** Ends early, without an error, when the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Cryptographically strong random bytes. */
export type RandomBytes = (length: number) => Uint8Array;

export interface HttpRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly kind: "answer";
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * What became of a request. `not_sent` means that it provably never left this machine's hands
 * (so it may be sent again); `lost` means that the server may have acted on it.
 */
export type HttpOutcome =
  | HttpAnswer
  | { readonly kind: "not_sent"; readonly reason: "insecure_url" | "dns" | "refused" | "tls" | "proxy" }
  | {
      readonly kind: "lost";
      readonly reason: "timeout" | "reset" | "truncated" | "too_large" | "protocol";
      /** Status and headers, where they had arrived. */
      readonly head?: Pick<HttpAnswer, "status" | "headers">;
      /** What arrived of the body before it was lost, without its content encoding where that can be undone. */
      readonly partial: Uint8Array;
    };

/**
 * Requests to authorization servers and resource servers. Never follows a redirect, bounds the answer's
 * size and time, respects proxies, and sends plain http to loopback hosts only. Never throws.
 */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpOutcome>;
}

/** A person's browser. False: none could be opened. */
export interface Browser {
  open(url: string): Promise<boolean>;
}

/** A person at a terminal. `interactive` is false in CI and under `--no-input`; asking then throws `usage`. */
export interface Prompt {
  readonly interactive: boolean;
  text(question: string, signal?: AbortSignal): Promise<string>;
  hidden(question: string): Promise<Secret>;
  /** `enter` is what Enter alone says; left out: no. */
  confirm(question: string, enter?: "yes" | "no"): Promise<boolean>;
  /** What was typed, without the spaces around it; `fallback` where nothing was. */
  field(question: Field): Promise<string>;
  /** The value of the choice that was taken. */
  select(question: string, choices: readonly Choice[]): Promise<string>;
  /** The values of those that were ticked, in the order of the choices. `ticked` are so from the start. */
  multiselect(
    question: string,
    choices: readonly Choice[],
    ticked?: readonly string[],
  ): Promise<readonly string[]>;
}

/** A question whose answer is judged before it counts. */
export interface Field {
  readonly question: string;
  readonly fallback: string;
  /** What is wrong with an answer; undefined: nothing. The person then corrects it. */
  readonly judge: (answer: string) => string | undefined;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  /** It stays in a list that is searched, whatever was typed. */
  readonly always?: true;
}

export interface LoopbackRequest {
  readonly method: string;
  /** Path and query as received. */
  readonly target: string;
  readonly hostHeader: string;
}

export interface LoopbackResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface LoopbackServer {
  readonly port: number;
  close(): Promise<void>;
}

/** What a person does elsewhere before a grant goes on. */
export type Invitation =
  | { readonly kind: "address"; readonly url: string }
  /** The address that the browser ends up at is brought back by hand. */
  | { readonly kind: "paste"; readonly url: string; readonly redirectUri: string }
  | {
      readonly kind: "user_code";
      readonly verificationUri: string;
      /** With the code in it; undefined: there is none. */
      readonly verificationUriComplete: string | undefined;
      readonly userCode: string;
      /** When the provider forgets it. */
      readonly expiresAt: Date;
    };

/** Leads a person through a grant by a page of sealring's own, in place of browser and terminal. */
export interface Usher {
  invite(invitation: Invitation): void;
  /** The person has done their part; from here on nothing is called off. */
  done(): void;
  /** The address to which the redirect's page leads back. */
  readonly home: string;
}

/** Serves on a loopback address only. `port` 0 takes a free one. */
export interface LoopbackListener {
  listen(
    address: { readonly host: "localhost" | "127.0.0.1" | "::1"; readonly port: number },
    answer: (request: LoopbackRequest) => LoopbackResponse,
  ): Promise<LoopbackServer>;
}

/** Secrets of this process, by name: environment variables. Masks what it hands out before it returns. */
export interface SecretSource {
  read(name: string): Secret | undefined;
}

/** Sealed boxes on this machine's disk, by credential. */
export interface BoxDisk {
  write(credential: string, box: string): Promise<void>;
  read(credential: string): Promise<string | undefined>;
  remove(credential: string): Promise<void>;
}

/** What a person sees while work goes on (standard error). */
export interface Progress {
  /** Never prints this value again, and tells the CI runner so. */
  mask(secret: Secret): void;
  say(line: string): void;
}

/** What became of reading a file of the tree. `outside`: it, or what it links to, is not in the tree, or in `.git`. */
export type FileOutcome =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "missing" | "directory" | "outside" | "too_large" | "unreadable" };

/** The files of one directory tree, read at once and whole. Paths are relative to its root, with `/`. Never throws. */
export interface Files {
  /** A file of at most `maxBytes`; symbolic links are followed inside the tree only. */
  read(path: string, maxBytes: number): FileOutcome;
  /** The names in a directory, sorted; none when there is no such directory. */
  list(directory: string): readonly string[];
  /** Whether a path, or a folder on its way in the tree, is a symbolic link. */
  isLinked(path: string): boolean;
}

/** Writes files of the tree that `Files` reads. Throws `usage` for a path with a symbolic link, or with `.git`, on its way. */
export interface TreeWriter {
  /** Puts a file in place of what is there, at once; folders are made as needed. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** A file that is not there is none. */
  remove(path: string): Promise<void>;
}

/** How the checkout stands for files of it. */
export type GitState =
  /** No git, or no checkout that it works in. */
  | { readonly kind: "none"; readonly lacks: "git" | "checkout"; readonly reason: string }
  | {
      readonly kind: "checkout";
      /** undefined: no branch is checked out. */
      readonly branch: string | undefined;
      /** Of the paths that were asked about, those with something to commit. */
      readonly changed: readonly string[];
    };

/** Where a branch is pushed to: as it is set; else to a remote, by its name, if there is one. */
export type Upstream =
  { readonly kind: "set" | "no_remote" } | { readonly kind: "unset"; readonly remote: string };

/** The checkout's git, run with the person's own settings. Throws `usage` with git's kind of refusal, never its words. */
export interface GitWork {
  state(paths: readonly string[]): Promise<GitState>;
  /** The paths of what HEAD has in these folders, but for the folders in them; `.` is the tree's own. */
  committedIn(folders: readonly string[]): Promise<readonly string[]>;
  upstreamOf(branch: string): Promise<Upstream>;
  /** Commits these paths alone, as they are in the tree; with a branch, on a new one of that name. Gives the commit's short id. */
  commit(asked: {
    readonly paths: readonly string[];
    readonly message: string;
    readonly branch: string | undefined;
  }): Promise<string>;
}

/** A file of the action that `apply` puts into the tree. `path` is relative to the action's folder. */
export interface ActionFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export type ActionFiles = () => Promise<readonly ActionFile[]>;

/**
 * What one step of a job leaves to a later one on the runner's disk, sealed under a secret that both have. Throws `usage`
 * for what does not open.
 */
export interface Handover {
  leave(name: string, value: Secret): Promise<void>;
  /** undefined: nothing was left under this name. */
  take(name: string): Promise<Secret | undefined>;
  discard(name: string): Promise<void>;
}
