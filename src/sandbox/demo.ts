import { authorize } from "../commands/authorize.ts";
import type { Report } from "../commands/context.ts";
import { refresh } from "../commands/refresh.ts";
import { revoke } from "../commands/revoke.ts";
import { status } from "../commands/status.ts";
import { validate } from "../commands/validate.ts";
import { SealringError } from "../errors.ts";
import { authorizeText } from "../report/authorize.ts";
import { faultsAsText } from "../report/faults-text.ts";
import { refreshText } from "../report/refresh.ts";
import { revokeText } from "../report/revoke.ts";
import { statusText } from "../report/status.ts";
import { createDemoWorld } from "./demo-world.ts";
import type { DemoParts, DemoWorld } from "./demo-world.ts";

const NAME = "oura-demo";
const ENVELOPE = "SEALRING_CREDENTIAL_OURA_DEMO";
const OUTPUT = "OURA_ACCESS_TOKEN";
const TIMEOUT_SECONDS = 300;

/** One thing that the story claims, and whether it was so. */
export interface Claim {
  readonly claim: string;
  readonly held: boolean;
}

/**
 * `sealring demo`: the whole story on the built-in authorization server and GitHub API, with the product's own
 * commands. Gives what it proved.
 */
export async function tellDemo(parts: DemoParts): Promise<readonly Claim[]> {
  const world = await createDemoWorld(parts);
  try {
    const story = { world, print: parts.print };
    return [
      ...declareAndValidate(story),
      ...(await authorizeOnce(story)),
      ...(await refreshTwice(story)),
      ...(await showStatus(story)),
      ...(await revokeAll(story)),
    ];
  } finally {
    await world.sandbox.close();
  }
}

interface Story {
  readonly world: DemoWorld;
  readonly print: DemoParts["print"];
}

function declareAndValidate({ world, print }: Story): readonly Claim[] {
  print(heading(1, "Declare", `cat credentials/${NAME}.yaml`));
  print(world.yaml);
  print(heading(2, "Validate", "sealring validate"));
  const { ok, faults, results } = validate(world.ports.files, { paths: [], environment: {} });
  print(faultsAsText(faults, results.length, { colour: "never" }));
  return [{ claim: "the declaration is valid", held: ok && results.length === 1 }];
}

async function authorizeOnce({ world, print }: Story): Promise<readonly Claim[]> {
  print(heading(3, "Authorize, once", `sealring authorize ${NAME}`));
  const report = await authorize(world.ports, {
    name: NAME,
    flow: "loopback",
    timeoutSeconds: TIMEOUT_SECONDS,
  });
  print(authorizeText(report.results));
  const { envelopeStore, outputStore, sandbox } = world;
  const result = only(report);
  const accepted = result.outcome === "authorized" && result.verification === "works";
  return [
    { claim: "the provider accepts the access token", held: accepted },
    {
      claim: "GitHub opened the boxes: envelope, client secret and output are secrets",
      held:
        sandbox.github.revealSecret(envelopeStore, ENVELOPE) !== undefined &&
        sandbox.github.revealSecret(envelopeStore, "OURA_CLIENT_SECRET") !== undefined &&
        sandbox.github.revealSecret(outputStore, OUTPUT) !== undefined,
    },
  ];
}

async function refreshTwice({ world, print }: Story): Promise<readonly Claim[]> {
  print(heading(4, "Refresh, twice: each spends a single-use refresh token", "sealring refresh --force"));
  const seen = [outputOf(world)];
  for (let round = 0; round < 2; round += 1) {
    const startedAt = world.ports.clock.now();
    const ports = { ...world.ports, self: { ...world.ports.self, startedAt } };
    const report = await refresh(ports, { names: [], when: "forced", probe: "not_asked", effect: "real" });
    if (only(report).outcome !== "refreshed") throw failed(refreshText(report.results));
    print((round === 0 ? "" : "\n") + refreshText(report.results));
    seen.push(outputOf(world));
  }
  const requests = [...world.sandbox.authorizationServer.refreshRequests().values()];
  return [
    { claim: "consumers read a new access token after each refresh", held: new Set(seen).size === 3 },
    {
      claim: "each refresh token was sent exactly once",
      held: requests.length === 2 && requests.every((count) => count === 1),
    },
  ];
}

async function showStatus({ world, print }: Story): Promise<readonly Claim[]> {
  print(heading(5, "Status, from the journal", "sealring status"));
  const report = await status(world.ports, { names: [], mode: "check" });
  print(statusText(report.results, world.ports.clock.now()));
  const { entry, health } = only(report);
  const { github, addresses } = world.sandbox;
  const journal = github
    .commits(addresses.github.repository, "sealring-state")
    .flatMap(({ id }) => [...github.filesOf(addresses.github.repository, id).values()])
    .join("");
  const live = [outputOf(world), github.revealSecret(world.envelopeStore, ENVELOPE)];
  return [
    {
      claim: "the journal has committed the third generation",
      held: health === "fresh" && entry?.phase === "committed",
    },
    {
      claim: "no commit of the journal holds a token",
      held: journal !== "" && live.every((value) => value !== undefined && !journal.includes(value)),
    },
  ];
}

async function revokeAll({ world, print }: Story): Promise<readonly Claim[]> {
  print(heading(6, "Revoke", `sealring revoke ${NAME}`));
  const token = outputOf(world);
  const ports = { ...world.ports, self: { ...world.ports.self, startedAt: world.ports.clock.now() } };
  const report = await revoke(ports, NAME);
  print(revokeText(report.results));
  const { sandbox, envelopeStore, outputStore } = world;
  const answer = await world.ports.http.send({
    method: "GET",
    url: sandbox.addresses.authorization_server.verification_endpoint,
    headers: { authorization: `Bearer ${token}` },
  });
  return [
    {
      claim: "the provider refuses the revoked token",
      held: answer.kind === "answer" && answer.status === 401,
    },
    {
      claim: "envelope, client secret and output are gone from GitHub",
      held:
        [ENVELOPE, "OURA_CLIENT_SECRET"].every(
          (name) => sandbox.github.revealSecret(envelopeStore, name) === undefined,
        ) && sandbox.github.revealSecret(outputStore, OUTPUT) === undefined,
    },
  ];
}

function only<Result>(report: Report<Result>): Result {
  const [result] = report.results;
  if (result === undefined) throw failed(`${report.command} came to nothing`);
  return result;
}

function outputOf({ sandbox, outputStore }: DemoWorld): string {
  const value = sandbox.github.revealSecret(outputStore, OUTPUT);
  if (value === undefined) throw failed(`${OUTPUT} is not there`);
  return value;
}

function failed(what: string): SealringError {
  return new SealringError("bug", `the demo stopped: ${what.trim()}`);
}

function heading(number: number, what: string, command: string): string {
  return `\n${String(number)}. ${what}\n   $ ${command}\n\n`;
}
