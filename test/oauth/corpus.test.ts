import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { RawAnswer } from "../../src/oauth/token-set.ts";
import { rawAnswer } from "../../src/oauth/transport.ts";
import { OBTAINED_AT, readRaw } from "../support/token-answers.ts";
import { REFUSALS, TOKENS, UNCLEAR } from "./corpus-cases.ts";

const FOLDER = new URL("../fixtures/answers/", import.meta.url);

/** A fixture is a status line, headers, an empty line and a body, byte for byte but for a line break at the end. */
function answerIn(file: string): RawAnswer {
  const bytes = readFileSync(new URL(`${file}.txt`, FOLDER));
  const end = bytes.indexOf("\n\n");
  const [statusLine = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\n");
  const headers = lines.map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]);
  return rawAnswer({
    status: Number(statusLine.split(" ")[1]),
    headers: Object.fromEntries(headers),
    body: bytes.subarray(end + 2),
  });
}

function secondsUntil(instant: Date | undefined): string {
  return instant === undefined ? "?" : `${String((instant.getTime() - OBTAINED_AT.getTime()) / 1_000)} s`;
}

it.each(TOKENS)("%s %j brings %s", async (file, departures, expected) => {
  const { reading, counts } = await readRaw(departures, answerIn(file));
  if (reading.kind === "error") throw new Error(`${reading.errorClass} ${reading.code}`);
  const { refreshToken, expiresAt, refreshExpiresAt, scope } = reading.tokens;
  const words = [
    `${refreshToken?.reveal() ?? "none"} for ${secondsUntil(expiresAt)}`,
    ...(refreshExpiresAt === undefined ? [] : [`it for ${secondsUntil(refreshExpiresAt)}`]),
    ...(scope === undefined ? [] : [`scopes: ${scope.length === 0 ? "none" : scope.join(" ")}`]),
  ];
  expect(words.join(", ")).toBe(expected);
  expect(reading.tokens.tokenType).toBe("bearer");
  expect(counts).toBe(true);
});

it.each([
  ...REFUSALS.map((refusal) => [...refusal, true] as const),
  ...UNCLEAR.map((unclear) => [...unclear, false] as const),
])("%s %j is %s, and that it is an answer is %s", async (file, departures, expected, isAnswer) => {
  const { reading, counts } = await readRaw(departures, answerIn(file));
  if (reading.kind === "tokens") throw new Error("it has tokens");
  const { errorClass, code, refreshToken } = reading;
  const kept = refreshToken === undefined ? "" : ` with ${refreshToken.reveal()}`;
  expect(`${errorClass} ${code}${kept}`).toBe(expected);
  expect(counts).toBe(isAnswer);
});

it("every answer of the corpus is judged", () => {
  const judged = new Set([...TOKENS, ...REFUSALS, ...UNCLEAR].map(([file]) => `${file}.txt`));
  expect(readdirSync(FOLDER).sort()).toEqual([...judged].sort());
});
