import { execFile } from "node:child_process";
import { Secret } from "../../secret.ts";
import type { GhToken } from "./token.ts";

const TIMEOUT_MILLISECONDS = 10_000;

/** What `gh` needs to find its configuration and the system's keyring. Nothing else is handed down, no secret above all. */
const INHERITED = [
  "PATH",
  "HOME",
  "XDG_CONFIG_HOME",
  "XDG_RUNTIME_DIR",
  "DBUS_SESSION_BUS_ADDRESS",
  "GH_CONFIG_DIR",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
  "SystemRoot",
  "PATHEXT",
];

/** Asks the GitHub CLI: `gh auth token --hostname <host>`. */
export function createGhToken(env: Readonly<Record<string, string | undefined>>): GhToken {
  const inherited = Object.fromEntries(INHERITED.map((name) => [name, env[name]]));
  return (host) =>
    new Promise((resolve) => {
      const options = { env: inherited, timeout: TIMEOUT_MILLISECONDS, windowsHide: true };
      execFile("gh", ["auth", "token", "--hostname", host], options, (error, stdout) => {
        const token = stdout.trim();
        // No gh, or no login there: both mean that it has no token to give.
        resolve(error === null && /^[\x21-\x7e]+$/.test(token) ? new Secret(token) : undefined);
      });
    });
}
