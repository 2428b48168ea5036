import { execFile, spawn } from "node:child_process";

/**
 * What git, its hooks and a signing program need: where programs, settings, keyring and screen are, and who commits. No
 * secret of ours is among it, nor what would point git at another repository (`GIT_DIR`).
 */
const PASSED_ON =
  /^(PATH|HOME|USER|LOGNAME|SHELL|EMAIL|LANG|LC_.*|TZ|TERM|TMPDIR|TEMP|TMP|XDG_(CONFIG_HOME|RUNTIME_DIR)|GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)|GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)|SSH_(AUTH_SOCK|AGENT_PID)|GPG_(TTY|AGENT_INFO)|GNUPGHOME|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|DBUS_SESSION_BUS_ADDRESS|SYSTEMROOT|WINDIR|SYSTEMDRIVE|PROGRAMFILES.*|PROGRAMDATA|APPDATA|LOCALAPPDATA|USERPROFILE|HOMEDRIVE|HOMEPATH|PATHEXT|COMSPEC)$/i;

/** A path is a path, whatever is in it; a folder that only looks like a repository is none. */
const ALWAYS = ["--literal-pathspecs", "-c", "safe.bareRepository=explicit"];

/** Whoever opens a page has not asked for what a checkout's settings run: monitors, hooks, a fetch of what is missing. */
const READING = [...["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"], "--no-optional-locks"];

/** A checkout's settings can allow a protocol that runs a command, over what the command line says; not over these. */
const FETCHING_NOTHING = { GIT_ALLOW_PROTOCOL: "none", GIT_NO_LAZY_FETCH: "1" };

const READ_MILLISECONDS = 20_000;
/** Hooks test, and a key asks for its passphrase. */
const WRITE_MILLISECONDS = 600_000;
const MAX_BYTES = 8 * 1_024 * 1_024;

/** `exit` undefined: it was ended, for it took too long or said too much. */
export type GitEnd =
  | { readonly kind: "absent" }
  | { readonly kind: "ended"; readonly exit: number | undefined; readonly out: string };

/** git, in one directory. Arguments are fixed words of ours, or come after `--`; there is no shell. */
export interface Git {
  /** Runs nothing that the repository's settings name. */
  readonly read: (args: readonly string[]) => Promise<GitEnd>;
  /** As the person's own command would: their hooks, signing and filters run. What it prints is not kept. */
  readonly write: (args: readonly string[]) => Promise<GitEnd>;
}

export type Env = Readonly<Record<string, string | undefined>>;

export function createGit(directory: string, environment: Env): Git {
  const known = Object.entries(environment).filter(([name]) => PASSED_ON.test(name));
  const env = { ...Object.fromEntries(known), GIT_TERMINAL_PROMPT: "0" };
  return {
    read: (args) => read(["-C", directory, ...ALWAYS, ...READING, ...args], { ...env, ...FETCHING_NOTHING }),
    write: (args) => write(["-C", directory, ...ALWAYS, ...args], env),
  };
}

function read(args: readonly string[], env: Env): Promise<GitEnd> {
  const options = { env, timeout: READ_MILLISECONDS, maxBuffer: MAX_BYTES, windowsHide: true };
  return new Promise((resolve) => {
    const child = execFile("git", args, options, (error, out) => {
      if (error === null) resolve({ kind: "ended", exit: 0, out });
      else if (error.code === "ENOENT") resolve({ kind: "absent" });
      else resolve({ kind: "ended", exit: typeof error.code === "number" ? error.code : undefined, out: "" });
    });
    child.stdin?.end();
  });
}

function write(args: readonly string[], env: Env): Promise<GitEnd> {
  const options = { env, timeout: WRITE_MILLISECONDS, windowsHide: true, shell: false } as const;
  return new Promise((resolve) => {
    // What hooks print may be long: nobody listens, so that it cannot end them.
    const child = spawn("git", args, { ...options, stdio: "ignore" });
    child.once("error", () => resolve({ kind: "absent" }));
    child.once("close", (exit) => resolve({ kind: "ended", exit: exit ?? undefined, out: "" }));
  });
}
