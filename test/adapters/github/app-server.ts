import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { expect } from "vitest";
import type { AppKey, GitHubOptions } from "../../../src/adapters/github/options.ts";
import type { GitHub, StoreTarget } from "../../../src/github.ts";
import { Secret } from "../../../src/secret.ts";
import { CANARIES } from "../../support/canary.ts";
import { connect, serve } from "./server.ts";
import type { Reply, Seen, Server } from "./server.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

/** The App's key, as GitHub's page hands it out. */
export const PEM = privateKey;

export const KEY: AppKey = {
  clientId: "Iv23liExample",
  privateKey: new Secret(PEM),
  privateKeyName: "SEALRING_APP_KEY",
};

export const ENVIRONMENT = {
  kind: "environment",
  repository: "acme/credentials",
  environment: "sealring",
} as const;
export const ELSEWHERE = { kind: "repository", repository: "other/app", app: "actions" } as const;
export const ORGANIZATION: StoreTarget = {
  ...{ kind: "organization", organization: "acme", app: "actions" },
  ...{ visibility: "selected", repositories: ["dashboards"] },
};

export const GRANTED = {
  ...{ metadata: "read", contents: "write", issues: "write", actions: "read", administration: "write" },
  ...{ secrets: "write", environments: "write", organization_secrets: "write", pull_requests: "write" },
};

interface MintBody {
  readonly permissions: Readonly<Record<string, string>>;
  readonly repositories?: readonly string[];
}

/** What the App's GitHub is like, where it is not as it should be. */
interface Conditions {
  readonly lookUp?: (target: string) => Reply | undefined;
  readonly mint?: (body: MintBody) => Reply | undefined;
}

/** A GitHub with the App installed for acme (1) and other (2), whose tokens are numbered. */
export function serveApp({ lookUp, mint }: Conditions = {}): Promise<Server> {
  let minted = 0;
  return serve(({ target, body }) => {
    if (target.endsWith("/installation")) {
      const id = /\/(repos|orgs)\/acme/.test(target) ? 1 : 2;
      return lookUp?.(target) ?? { status: 200, body: { id, permissions: GRANTED } };
    }
    if (target.endsWith("/access_tokens")) {
      const refused = mint?.(body as MintBody);
      minted += 1;
      return refused ?? { status: 201, body: { token: tokenOf(minted) } };
    }
    if (target.endsWith("/public-key")) return { status: 200, body: { key_id: "k", key: "a2V5" } };
    return { status: 404 };
  });
}

export function tokenOf(count: number): string {
  return `${CANARIES.githubToken}-${String(count)}`;
}

/** sealring as the App. */
export function signIn({ url }: Server, changes: Partial<GitHubOptions> = {}): GitHub {
  return connect(url, { token: KEY, journalToken: KEY, ...changes });
}

/** What tokens were asked for. */
export function mintsOf({ seen }: Server): readonly MintBody[] {
  return seen.filter(({ target }) => target.endsWith("/access_tokens")).map(({ body }) => body as MintBody);
}

export function askedOf({ seen }: Server): readonly string[] {
  return seen.map(({ method, target }) => `${method} ${target}`);
}

/** The claims of a request that the App has signed. */
export function claimsOf({ headers }: Pick<Seen, "headers">): Readonly<Record<string, unknown>> {
  const [scheme, jwt = ""] = headers.authorization?.split(" ") ?? [];
  const [header = "", claims = "", signature = ""] = jwt.split(".");
  expect(scheme?.toLowerCase()).toBe("bearer");
  const key = createPublicKey(publicKey);
  const signed = Buffer.from(`${header}.${claims}`);
  expect(verify("RSA-SHA256", signed, key, Buffer.from(signature, "base64url"))).toBe(true);
  return JSON.parse(Buffer.from(claims, "base64url").toString()) as Readonly<Record<string, unknown>>;
}
