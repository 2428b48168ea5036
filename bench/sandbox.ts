/** The sandbox in a process of its own, as a benchmark needs it: orders come and answers go over Node's IPC. */
import { randomBytes } from "node:crypto";
import { systemClock } from "../src/adapters/clock.ts";
import { connectGitHub } from "../src/adapters/github/connect.ts";
import { nodeHttpServer } from "../src/adapters/http-server.ts";
import { encodeEntry } from "../src/journal/codec.ts";
import { entryPath, newEntry } from "../src/journal/entry.ts";
import { createSandbox } from "../src/sandbox/create.ts";
import { EVERY_PERMISSION } from "../src/sandbox/github/permissions.ts";
import { DOCUMENTED_LIMITS } from "../src/sandbox/github/limits.ts";
import { ALLOW_ALL, consent } from "../src/sandbox/scripted-person.ts";
import { Secret } from "../src/secret.ts";

/**
 * `person`: consent at this address. `secrets`: what a job would find. `measure`: slow down, and count from nothing;
 * `counts`: what was counted since. `journal`: as if each of these had been refreshed just now.
 */
type Order =
  | { readonly kind: "person"; readonly url: string }
  | { readonly kind: "secrets" }
  | { readonly kind: "counts" }
  | { readonly kind: "journal"; readonly names: readonly string[] }
  | { readonly kind: "measure"; readonly latencyMilliseconds: number };

const parts = {
  clock: systemClock,
  randomBytes: (length: number) => randomBytes(length),
  server: nodeHttpServer,
};
const sandbox = await createSandbox(parts, process.argv.slice(2));
const { github, authorizationServer } = sandbox;
const { repository, environment } = sandbox.addresses.github;

// A hundred authorizations in a row are no person's doing, and not what is measured.
github.limiter.limits = { requestsPerHour: 1_000_000, pointsPerMinute: undefined };

async function obey(order: Order): Promise<unknown> {
  switch (order.kind) {
    case "person":
      return consent(authorizationServer.handler, order.url, ALLOW_ALL);
    case "secrets":
      return Object.fromEntries(github.revealSecrets({ kind: "environment", repository, environment }));
    case "counts":
      return counts();
    case "journal":
      return fillJournal(order.names);
    case "measure":
      return measure(order.latencyMilliseconds);
  }
}

/** Gives a token that has used nothing of its limits yet. */
function measure(latencyMilliseconds: number): string {
  for (const { faults } of [github, authorizationServer]) {
    faults.clear();
    faults.delay(() => true, latencyMilliseconds);
  }
  github.limiter.limits = DOCUMENTED_LIMITS;
  github.log.length = 0;
  const asked = {
    kind: "personal",
    login: "sandbox-user",
    permissions: EVERY_PERMISSION,
    repositories: "all",
    // A user's tokens share their limits.
    limitKey: randomBytes(8).toString("hex"),
  } as const;
  return github.addToken(asked).value;
}

/** Requests to GitHub by method. */
function counts(): Record<string, number> {
  const count: Record<string, number> = {};
  for (const { method } of github.log) count[method] = (count[method] ?? 0) + 1;
  return count;
}

process.on("message", (order: Order) => {
  void obey(order).then((answer) => process.send?.({ answer }));
});
process.on("disconnect", () => {
  void sandbox.close();
});
process.send?.({ answer: sandbox.addresses });

const DAY_MILLISECONDS = 86_400_000;

async function fillJournal(names: readonly string[]): Promise<void> {
  const { api_url: apiUrl, token } = sandbox.addresses.github;
  const secret = new Secret(token);
  const { journal } = connectGitHub({
    ...{ apiUrl, repository, stateBranch: "sealring-state", token: secret, journalToken: secret },
    ...{ clock: systemClock, version: "0.0.0", env: {}, retryBaseMilliseconds: 1 },
  });
  const now = systemClock.now();
  const life = { authorizedAt: now, committedAt: now, expiresAt: new Date(now.getTime() + DAY_MILLISECONDS) };
  const entries = names.map((name) => ({
    ...({ ...newEntry(name), ...life, phase: "committed", generation: 1, issued: 1 } as const),
    scope: ["personal", "daily"],
  }));
  const files = new Map(entries.map((entry) => [entryPath(entry.name), encodeEntry(entry)]));
  await journal.swap(await journal.head(), { message: "for a benchmark", files });
}
