import { randomBytes, sign } from "node:crypto";
import sodium from "libsodium-wrappers";
import { expect, onTestFinished } from "vitest";
import type { NewApp } from "../../../src/sandbox/github/apps.ts";
import type { Permissions } from "../../../src/sandbox/github/permissions.ts";
import { EVERY_PERMISSION } from "../../../src/sandbox/github/permissions.ts";
import { GitHubSandbox } from "../../../src/sandbox/github/sandbox.ts";
import { checkedHandler } from "../../support/github-contract.ts";
import { ManualClock } from "../clock.ts";

const START = "2026-11-22T12:00:00Z";
export const REPOSITORY = "acme/health-pipeline";
export const PATH = `/repos/${REPOSITORY}`;

/** What came back; `body` is the parsed JSON, undefined without one. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A client that speaks to the sandbox's handler, every exchange held to GitHub's description. */
export interface TestClient {
  readonly sandbox: GitHubSandbox;
  readonly clock: ManualClock;
  send(method: string, path: string, body?: unknown): Promise<Reply>;
  /** Seals a value to the public key at a path of secrets, and puts it there. */
  seal(secretsPath: string, name: string, value: string): Promise<Reply>;
}

/** A sandbox with `acme/health-pipeline`, its environment `sealring`, and a token with these permissions. */
export async function connect(permissions: Permissions = EVERY_PERMISSION): Promise<TestClient> {
  const clock = new ManualClock(START);
  const sandbox = await GitHubSandbox.create(clock, randomBytes);
  sandbox.addOrganization("acme");
  sandbox.addRepository(REPOSITORY);
  sandbox.addEnvironment(REPOSITORY, "sealring");
  const token = sandbox.addToken({ kind: "personal", login: "octocat", permissions, repositories: "all" });
  const send = sender(sandbox, token.value);
  const seal = async (secretsPath: string, name: string, value: string): Promise<Reply> => {
    const { body } = await send("GET", `${secretsPath}/public-key`);
    const { key, key_id: keyId } = body as { key: string; key_id: string };
    return send("PUT", `${secretsPath}/${name}`, { key_id: keyId, encrypted_value: sealTo(key, value) });
  };
  return { sandbox, clock, send, seal };
}

/** Requests as a token; a violation of GitHub's description fails the test. */
export function sender(sandbox: GitHubSandbox, token: string): TestClient["send"] {
  const violations: string[] = [];
  const handler = checkedHandler(sandbox.handler, violations);
  onTestFinished(() => {
    expect(violations).toEqual([]);
  });
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, "user-agent": "test", accept: "application/json" };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const { response, delivery } = await handler(new Request(`http://127.0.0.1${path}`, init));
    if (delivery !== "whole") throw new Error(`delivered: ${delivery}`);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
  };
}

/** A libsodium sealed box, in base64. */
export function sealTo(key: string, value: string): string {
  const sealed = sodium.crypto_box_seal(Buffer.from(value), Buffer.from(key, "base64"));
  return Buffer.from(sealed).toString("base64");
}

/** What an App signs in with, by the clock at its beginning. */
export function jwtOf({ app, privateKey }: NewApp, claims: object = {}, alg = "RS256"): string {
  const nowSeconds = Date.parse(START) / 1_000;
  const whole = { iss: app.clientId, iat: nowSeconds - 60, exp: nowSeconds + 540, ...claims };
  const parts = [{ alg, typ: "JWT" }, whole].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  const signature = sign("RSA-SHA256", Buffer.from(parts.join(".")), privateKey).toString("base64url");
  return [...parts, signature].join(".");
}
