import type { Subject } from "../../src/doctor/subject.ts";
import { loadDeclarations } from "../../src/declaration/load.ts";
import type { GitHub } from "../../src/github.ts";
import { memoryFiles } from "../support/memory-files.ts";

export const NOW = new Date("2026-11-22T12:00:00Z");

const OURA = `version: 1
name: oura
provider: oura
grant: client_credentials
client: { id: abc, secret: OURA_CLIENT_SECRET }
scopes: [daily]
outputs: { OURA_ACCESS_TOKEN: access_token }
`;

export interface Setting {
  /** Of `credentials/oura.yaml`, further lines. */
  readonly more?: string;
  /** The text of sealring.yaml. */
  readonly project?: string;
  readonly where?: Subject["where"];
  readonly webUrl?: string;
  readonly tokenFrom?: string;
  readonly github?: Partial<GitHub>;
}

/** One credential of acme/credentials, on a GitHub of which a test says what is asked. */
export function aSubject(setting: Setting = {}): Subject {
  const { more = "", where = "laptop", webUrl = "https://github.com", tokenFrom = "gh" } = setting;
  const repository = "acme/credentials";
  const files = {
    "credentials/oura.yaml": OURA + more,
    ...(setting.project === undefined ? {} : { "sealring.yaml": setting.project }),
  };
  const { project, credentials, faults } = loadDeclarations(memoryFiles(files), {
    paths: [],
    environment: { repository },
  });
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  const access = { webUrl, tokenFrom: { secrets: tokenFrom, journal: tokenFrom } };
  // Whatever else is asked of this GitHub fails.
  const github = { access, ...setting.github } as GitHub;
  const clock = { now: () => NOW, sleep: () => Promise.reject(new Error("doctor waits for nothing")) };
  return { project, repository, credentials, github, clock, where };
}

export function hoursAgo(hours: number): Date {
  return new Date(NOW.getTime() - hours * 3_600_000);
}

export function daysAhead(days: number): Date {
  return new Date(NOW.getTime() + days * 86_400_000);
}
