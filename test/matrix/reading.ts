import { decodeEntry } from "../../src/journal/codec.ts";
import type { JournalEntry } from "../../src/journal/entry.ts";
import { REPOSITORY } from "../support/cli-setting.ts";
import { ENVELOPES, STATE_BRANCH } from "../support/cli-world.ts";
import type { World } from "../support/cli-world.ts";

/** How a world's credential stands, as its servers have it. */
export interface Reading {
  readonly entry: JournalEntry;
  /** The box in the journal's write-ahead log. */
  readonly log: string | undefined;
  readonly envelope: string;
  /** How many refreshes the provider has granted. */
  readonly granted: number;
  /** Refresh tokens that came to the provider more than once. */
  readonly sentTwice: readonly string[];
}

export function read({ github, authorizationServer }: World): Reading {
  const fileAt = (path: string) => github.fileAt(REPOSITORY, STATE_BRANCH, path);
  const granted = authorizationServer.log.filter(
    ({ operation, status, body }) => operation === "token" && status === 200 && "refresh_token" in body,
  );
  return {
    entry: decodeEntry("oura", fileAt("credentials/oura.json") ?? ""),
    log: fileAt("wal/oura.json"),
    envelope: github.revealSecret(ENVELOPES, "SEALRING_CREDENTIAL_OURA") ?? "",
    granted: granted.length,
    sentTwice: [...authorizationServer.refreshRequests()].flatMap(([token, times]) =>
      times > 1 ? [token] : [],
    ),
  };
}

interface Envelope {
  readonly generation: number;
  readonly answer: { readonly body: string };
}

/** Nothing is left to settle, consumers have the newest access token, and its refresh token has not been used. */
export function isInOrder(world: World): boolean {
  const { entry, envelope } = read(world);
  const { generation, answer } = JSON.parse(envelope) as Envelope;
  const tokens = tokensIn(answer.body);
  return (
    entry.phase === "committed" &&
    entry.intent === undefined &&
    entry.unpublished.length === 0 &&
    entry.generation === generation &&
    tokens["access_token"] === world.output() &&
    !world.authorizationServer.refreshRequests().has(tokens["refresh_token"] ?? "")
  );
}

/** None where the answer was cut off. */
function tokensIn(body: string): Readonly<Record<string, string | undefined>> {
  try {
    return JSON.parse(body) as Record<string, string>;
  } catch {
    return {};
  }
}
