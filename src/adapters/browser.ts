import { spawn } from "node:child_process";
import type { Browser } from "../ports.ts";

/** What a browser needs of the environment to find its screen, its profile and its language: no secret is among it. */
const PASSED_ON =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|TMPDIR|TEMP|TMP|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|XDG_.*|DBUS_SESSION_BUS_ADDRESS|DESKTOP_SESSION|KDE_.*|WSL_.*|SYSTEMROOT|WINDIR|SYSTEMDRIVE|PROGRAMFILES.*|PROGRAMDATA|APPDATA|LOCALAPPDATA|USERPROFILE|HOMEDRIVE|HOMEPATH|PATHEXT|COMSPEC)$/i;

export interface BrowserOptions {
  /** BROWSER is a command that gets the address as its last argument; it is not given to a shell. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

/** The `Browser` port: BROWSER where it is set, else the desktop's own way to open an address. */
export function createBrowser({ env, platform }: BrowserOptions): Browser {
  return {
    async open(url: string): Promise<boolean> {
      // An address that does not begin like one could be taken for an option.
      if (!/^https?:\/\//.test(url)) return false;
      const [command, ...args] = commandFor(env["BROWSER"], platform);
      if (command === undefined) return false;
      return start(command, [...args, url], publicPart(env));
    },
  };
}

function commandFor(configured: string | undefined, platform: string): readonly string[] {
  if (configured !== undefined && configured.trim() !== "") return words(configured);
  switch (platform) {
    case "darwin":
      return ["open"];
    case "win32":
      // `start` is cmd's own, and cmd would take the & of a query for the end of a command.
      return ["rundll32", "url.dll,FileProtocolHandler"];
    default:
      return ["xdg-open"];
  }
}

/** Words as a shell splits them, quotes included, with nothing else that a shell does. */
function words(command: string): readonly string[] {
  const found = command.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? [];
  return found.map((word) => word.replace(/^(["'])(.*)\1$/, "$2"));
}

function publicPart(env: BrowserOptions["env"]): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => PASSED_ON.test(name)));
}

function start(
  command: string,
  args: readonly string[],
  env: Record<string, string | undefined>,
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, detached: true, stdio: "ignore", shell: false });
    child.once("error", () => resolve(false));
    child.once("spawn", () => resolve(true));
    child.unref();
  });
}
