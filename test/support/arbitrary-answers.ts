import { gzipSync } from "node:zlib";
import fc from "fast-check";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";

type Members = NonNullable<NonNullable<ProviderDeclaration["token_response"]>["members"]>;

/** Names that nothing else in an arbitrary answer has, so that a pointer leads to what was put there. */
const PLACES = [
  "/user/renewal",
  "/user/deeper/renewal",
  "/list/0/renewal",
  "/one.two/renewal",
  "/__proto__/renewal",
];

const POINTERS = [
  ...PLACES,
  "/status",
  "/error/code",
  "/errors/0/kind",
  "/constructor",
  "/length",
  "/data/x",
  "/body/x",
];

const pointer = fc.constantFrom(...POINTERS);

const members: fc.Arbitrary<Members> = fc.record(
  {
    access_token: fc.constantFrom("/user/access_token", "/constructor/name", "/data/token"),
    refresh_token: fc.constantFrom(...PLACES),
    expires_in: pointer,
    expires_at: pointer,
    refresh_token_expires_in: pointer,
    scope: pointer,
    id_token: pointer,
    error: pointer,
    error_description: pointer,
  },
  { requiredKeys: [] },
);

const condition = fc.record({
  pointer: fc.constantFrom("/status", "/ok", "/error/code", "/toString"),
  equals: fc.constantFrom<string | number | boolean>(true, false, 0, 1, "ok", ""),
});

const MEANINGS = [
  "reauthorization_required",
  "client_misconfigured",
  "transient",
  "rate_limited",
  "ambiguous",
] as const;

const matcher = fc.record(
  {
    means: fc.constantFrom(...MEANINGS),
    error: fc.constantFrom("601", "AUTH_FAILED", "invalid_request"),
    status: fc.constantFrom(400, 401, 403),
    description_contains: fc.constantFrom("expired", "refresh"),
  },
  { requiredKeys: ["means"] },
);

/** How an arbitrary provider departs in its answers. */
export const declarations: fc.Arbitrary<ProviderDeclaration> = fc.record(
  {
    token_response: fc.record({ members, success: condition }, { requiredKeys: [] }),
    access_token_expires: fc.boolean(),
    access_token_is_jwt: fc.boolean(),
    access_token_lifetime_seconds: fc.constantFrom(60, 3_600, 315_360_000),
    scope_separator: fc.constantFrom(",", "+"),
    scope_prefix: fc.constantFrom("api:", "+"),
    refresh_request: fc.record({ presents: fc.constantFrom("access_token", "refresh_token") }),
    errors: fc.array(matcher, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: [] },
);

/** A refresh token, as servers write them and as none should. */
export const tokens = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._~+/=-]{1,80}$/),
  fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" }),
  fc.constantFrom('"', "\\", '\\"', "}", "&refresh_token=x", "\u0000", "\uFEFF", "__proto__", "null"),
);

const ODD_NUMBERS = [
  0,
  -1,
  3_600,
  3_599.5,
  1e300,
  -1e300,
  Number.MAX_SAFE_INTEGER + 1,
  1_795_352_400,
  1_795_352_400_000,
];
const ODD_TEXTS = [
  "",
  "3600",
  "Infinity",
  "NaN",
  "0x10",
  "2026-11-22T13:00:00Z",
  "e30.eyJleHAiOjFlMzA5fQ.x",
  "a b,c+d",
];

const oddValue = fc.oneof(
  fc.constantFrom<unknown>(...ODD_NUMBERS, ...ODD_TEXTS, null, true, false, [], {}, [[]]),
  fc.constantFrom('"refresh_token":"not this"', "\u001b[2J::stop::", "invalid_grant", "two words", "<html>"),
  fc.jsonValue({ maxDepth: 3 }),
);

const NAMES = [
  "access_token",
  "token_type",
  "expires_in",
  "expires_at",
  "refresh_expires_in",
  "scope",
  "id_token",
];
const OTHER_NAMES = [
  "error",
  "error_description",
  "message",
  "status",
  "ok",
  "errors",
  "code",
  "x",
  "toString",
];

/** Members of every type beside a refresh token, which is not among them. */
export const surroundings = fc.dictionary(
  fc.constantFrom(...NAMES, ...OTHER_NAMES, "__proto__", "constructor", "hasOwnProperty"),
  oddValue,
  { maxKeys: 8, noNullPrototype: true },
);

/** How a text becomes bytes. */
export const encodings = fc.constantFrom<(text: string) => Buffer>(
  (text) => Buffer.from(text),
  (text) => Buffer.from(`\uFEFF${text}`),
  (text) => Buffer.from(`\r\n\t ${text}`),
  (text) => Buffer.from(`\uFEFF${text}`, "utf16le"),
  (text) => Buffer.from(text, "utf16le"),
  (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
);

/** JSON in one line, or over many. */
export const indents = fc.constantFrom<string | undefined>(undefined, "  ", "\t");

const PIECES = [
  '{"',
  '":',
  '"refresh_token"',
  '"access_token":"a"',
  "}",
  "[",
  '"\\u00',
  "1e999",
  ",",
  "=",
  "&",
  "\u0000",
];

function formOf(fields: object): string {
  const texts = Object.entries(fields).map(([name, value]) => [name, String(value)] as const);
  return new URLSearchParams(Object.fromEntries(texts)).toString();
}

const oddText = fc.oneof(
  fc.json(),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join("")),
  surroundings.map((fields) => JSON.stringify(fields)),
  surroundings.map((fields) => JSON.stringify({ data: fields, body: fields })),
  surroundings.map((fields) => JSON.stringify(JSON.stringify(fields))),
  surroundings.map(formOf),
  surroundings.map((fields) => `<html><body>${JSON.stringify(fields)}</body></html>`),
  surroundings.map((fields) => `{"access_token":"a",${JSON.stringify(fields).slice(1)}`),
  fc.constantFrom("[", '{"a":', '{"data":{"body":').map((open) => open.repeat(50_000)),
  fc.constantFrom('{"access_token":"a","expires_in":1e999}', '{"access_token":"a","expires_at":-1e999}'),
);

function withByte(bytes: Buffer, at: number, byte: number): Buffer {
  return Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at + 1)]);
}

/** Any bytes at all, and such as nearly are an answer. */
export const bodies: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.tuple(oddText, encodings).map(([text, encode]) => encode(text)),
  oddText.map((text) => gzipSync(text)),
  fc
    .tuple(oddText, fc.nat(200), fc.nat(255))
    .map(([text, at, byte]) => withByte(Buffer.from(text), at, byte)),
);
