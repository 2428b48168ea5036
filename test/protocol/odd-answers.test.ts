import { brotliCompressSync, deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { FORM, meet, meetAndGoOn, REFRESH, TOKENS, WHOLE } from "../support/odd-server.ts";
import type { Odd } from "../support/odd-server.ts";

const gz = gzipSync(WHOLE);
const huge = (before: object) => JSON.stringify({ ...before, padding: "x".repeat(1_200_000) });
const utf16 = (text: string) => Buffer.from(text, "utf16le");

describe("an answer that can be read is a success, and costs one request:", () => {
  it.each<[string, Odd]>([
    ["JSON that says it is HTML", { headers: ["Content-Type: text/html"], body: WHOLE }],
    ["JSON without a content type", { headers: [], body: WHOLE }],
    [
      "JSON in another charset than its header says",
      { headers: ["Content-Type: application/json; charset=utf-16"], body: WHOLE },
    ],
    ["a byte order mark", { body: `\uFEFF${WHOLE}` }],
    ["UTF-16 with a byte order mark", { body: utf16(`\uFEFF${WHOLE}`) }],
    ["UTF-16 without one", { body: utf16(WHOLE) }],
    ["UTF-16, the large end first", { body: utf16(`\uFEFF${WHOLE}`).swap16() }],
    ["Latin-1 beside the tokens", { body: Buffer.from(WHOLE.replace("{", '{"name":"Zo\xeb",'), "latin1") }],
    ["gzip", { headers: ["Content-Encoding: gzip"], body: gz, length: gz.length }],
    ["gzip that no header names", { body: gz, length: gz.length }],
    ["gzip in a header only", { headers: ["Content-Encoding: gzip"], body: WHOLE }],
    ["brotli", { headers: ["Content-Encoding: br"], body: brotliCompressSync(WHOLE) }],
    ["deflate without its header", { headers: ["Content-Encoding: deflate"], body: deflateRawSync(WHOLE) }],
    [
      "keys twice, of which the last counts",
      { body: WHOLE.replace("{", '{"refresh_token":"first","access_token":"first",') },
    ],
    ["a form", { body: FORM }],
    ["more bytes announced than come", { body: WHOLE, length: 9_999 }],
    ["a connection that nobody closes", { body: WHOLE, then: "hang" }],
    ["blanks that drip behind it", { body: WHOLE, then: "drip" }],
    [
      "an ID token that no secret has room for",
      { body: WHOLE.replace("{", `{"id_token":"${"i".repeat(60_000)}",`) },
    ],
    ["an interim answer before it", { status: "103 Early Hints\r\n\r\nHTTP/1.1 200 OK", body: WHOLE }],
    ["status 203", { status: "203 Non-Authoritative Information", body: WHOLE }],
  ])("%s", async (_, odd) => {
    const { met } = await meet(odd);
    expect(met).toEqual({
      ...{ outcome: "refreshed", code: undefined, phase: "committed", sent: 1, servesNew: true },
      ...{ envelope: "new" },
    });
  });
});

describe("a refresh token that arrived is kept, though the rest is no use; one request, and the next run goes on with it:", () => {
  it.each<[string, Odd]>([
    ["JSON that breaks off", { body: WHOLE.slice(0, 60), length: 500 }],
    ["JSON that breaks off where the connection's end is the body's", { body: WHOLE.slice(0, 60) }],
    ["JSON that drips", { body: WHOLE.slice(0, 60), then: "drip" }],
    [
      "gzip that breaks off",
      { headers: ["Content-Encoding: gzip"], body: gz.subarray(0, -20), length: gz.length },
    ],
    ["gzip that breaks off and that no header names", { body: gz.subarray(0, -20) }],
    [
      "brotli that breaks off",
      { headers: ["Content-Encoding: br"], body: brotliBrokenOff(), length: 99_999 },
    ],
    ["UTF-16 that breaks off", { body: utf16(WHOLE.slice(0, 60)) }],
    ["more than a megabyte", { body: huge(TOKENS) }],
    ["an array", { body: `[${WHOLE}]` }],
    [
      "a form that breaks off behind it",
      { body: "refresh_token=rt-of-the-odd-answer&access_token=at-o", length: 500 },
    ],
    ["an access token that is none", { body: JSON.stringify({ ...TOKENS, access_token: 7 }) }],
    ["a JSON text in it", { body: JSON.stringify({ code: 0, data: WHOLE }) }],
    ["an error beside it", { body: JSON.stringify({ error: "server_error", refresh_token: REFRESH }) }],
  ])("%s", async (_, odd) => {
    expect(await meetAndGoOn(odd)).toMatchObject({
      ...{ outcome: "provider_drift", sent: 1, servesNew: false, next: "refreshed", spentNext: "new" },
    });
  });
});

/** The tokens, and so much behind them that a part of the stream holds them whole. */
function brotliBrokenOff(): Uint8Array {
  const noise = Array.from({ length: 20_000 }, (_, index) => (index * 7_919) % 9_973).join("");
  return brotliCompressSync(WHOLE.replace("}", `,"noise":"${noise}"}`)).subarray(0, -50);
}

describe("an answer that nobody can read is lost: ambiguous after one request, and the old envelope stays:", () => {
  it.each<[string, Odd, string]>([
    ["204", { status: "204 No Content", body: "" }, "not_oauth"],
    ["nothing but blanks", { body: " \r\n" }, "not_oauth"],
    ["a number", { body: "42" }, "not_oauth"],
    ["null", { body: "null" }, "not_oauth"],
    ["a text", { body: '"access_token"' }, "not_oauth"],
    ["an empty array", { body: "[]" }, "not_oauth"],
    ["an object without tokens", { body: '{"ok":true}' }, "no_access_token"],
    ["HTML with tokens in it", { body: `<html><pre>${WHOLE}</pre></html>` }, "not_oauth"],
    ["HTML in gzip", { headers: ["Content-Encoding: gzip"], body: gzipSync("<html>") }, "not_oauth"],
    [
      "a compression that nobody knows",
      { headers: ["Content-Encoding: zstd"], body: Buffer.from([40, 181, 47, 253]) },
      "not_oauth",
    ],
    ["half a refresh token", { body: WHOLE.slice(0, 25), length: 500 }, "not_oauth"],
    ["half a refresh token in a form", { body: FORM.slice(0, 25), length: 500 }, "not_oauth"],
    ["a page without an end", { body: `<html>${"x".repeat(1_200_000)}` }, "no_access_token"],
    ["brackets without an end", { body: "[".repeat(1_200_000) }, "no_access_token"],
    [
      "a refresh token without an end",
      { body: `{"refresh_token":"${"x".repeat(1_200_000)}` },
      "no_access_token",
    ],
    ["only a head, and then nothing", { body: "", length: 500, then: "hang" }, "not_oauth"],
    [
      "a redirect with tokens in it",
      { status: "307 Temporary Redirect", headers: ["Location: /token2"], body: WHOLE },
      "http_307",
    ],
    [
      "408 with an error in JSON",
      { status: "408 Request Timeout", body: '{"error":"invalid_grant"}' },
      "http_408",
    ],
    ["400 with server_error", { status: "400 Bad Request", body: '{"error":"server_error"}' }, "http_400"],
    ["200 with server_error", { body: '{"error":"server_error"}' }, "server_error"],
    ["400 with HTML", { status: "400 Bad Request", body: "<html>invalid_grant</html>" }, "http_400"],
    [
      "400 with an error that breaks off",
      { status: "400 Bad Request", body: '{"error":"invalid_gr', length: 500 },
      "lost_truncated",
    ],
    [
      "400 with a form that breaks off",
      { status: "400 Bad Request", body: "error=invalid_grant", length: 500 },
      "lost_truncated",
    ],
    ["403 with nothing", { status: "403 Forbidden", body: "" }, "http_403"],
    ["no HTTP at all", { status: "", body: "" }, "lost_protocol"],
  ])("%s", async (_, odd, code) => {
    const { met } = await meet(odd);
    expect(met).toEqual({
      ...{ outcome: "ambiguous", code, phase: "ambiguous", sent: 1, servesNew: false },
      ...{ envelope: "old" },
    });
  });
});

describe("a refusal that is all there counts, however it comes:", () => {
  const dead = '{"error":"invalid_grant"}';

  it.each<[string, Odd]>([
    ["in gzip", { status: "400 Bad Request", headers: ["Content-Encoding: gzip"], body: gzipSync(dead) }],
    ["in UTF-16", { status: "400 Bad Request", body: utf16(dead) }],
    ["in a form", { status: "400 Bad Request", body: "error=invalid_grant&error_description=x" }],
    ["before a connection that breaks off", { status: "400 Bad Request", body: dead, length: 500 }],
    ["before a connection that nobody closes", { status: "400 Bad Request", body: dead, then: "hang" }],
    ["with status 200, and more beside it than a secret holds", { body: huge60(dead) }],
  ])("invalid_grant %s", async (_, odd) => {
    expect(await meetAndGoOn(odd)).toMatchObject({
      ...{ outcome: "reauthorization_required", code: "invalid_grant", sent: 1 },
      ...{ next: "reauthorization_required", spentNext: "none" },
    });
  });

  it.each<[string, Odd, string, string]>([
    [
      "429 that hangs",
      { status: "429 Too Many Requests", body: "", length: 500, then: "hang" },
      "rate_limited",
      "http_429",
    ],
    [
      "429 that breaks off",
      { status: "429 Too Many Requests", body: "<html>", length: 500 },
      "rate_limited",
      "http_429",
    ],
    [
      "200 that puts it off",
      { body: '{"error":"temporarily_unavailable"}' },
      "transient",
      "temporarily_unavailable",
    ],
  ])("%s, and nothing is spent", async (_, odd, outcome, code) => {
    expect(await meetAndGoOn(odd)).toMatchObject({
      ...{ outcome, code, phase: "committed", sent: 1, servesNew: false },
      ...{ next: "refreshed", spentNext: "old" },
    });
  });
});

function huge60(json: string): string {
  return json.replace("}", `,"trace":"${"x".repeat(60_000)}"}`);
}
