import type { Finding } from "./finding.ts";

/** The oldest that sealring runs on, as package.json's `engines` has it. */
const OLDEST = { major: 20, minor: 19 } as const;

/** Whether this Node.js is new enough; its version is as `process.versions.node` gives it. */
export function judgeNode(version: string): Finding {
  const about = "Node.js";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const wanted = `${String(OLDEST.major)}.${String(OLDEST.minor)}`;
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) {
    return { kind: "ok", about, found: `${version}; sealring needs ${wanted} or newer` };
  }
  const fix = "install the newest LTS: https://nodejs.org/en/download";
  return { kind: "failure", about, found: `${version} is too old: sealring needs ${wanted} or newer`, fix };
}
