import { createPublicKey, generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { Account, GitHubState, Repository } from "./model.ts";
import { fullName } from "./model.ts";
import type { Permissions } from "./permissions.ts";

/** A GitHub App. */
export interface App {
  readonly id: number;
  readonly clientId: string;
  readonly slug: string;
  readonly owner: Account;
  readonly createdAt: Date;
  /** RSA. */
  readonly publicKey: KeyObject;
  readonly permissions: Permissions;
  readonly installations: Installation[];
}

/** An App on an account. */
export interface Installation {
  readonly id: number;
  readonly account: Account;
  readonly createdAt: Date;
  /** owner/name in lower case. */
  readonly repositories: "all" | readonly string[];
  /** What the account has accepted, which may be less than the App asks for by now. */
  permissions: Permissions;
}

export interface AppRequest {
  readonly slug: string;
  readonly permissions: Permissions;
  /** The login of the account that it is installed on, and belongs to. */
  readonly account: string;
  /** owner/name; all of the account's, where not given. */
  readonly repositories?: readonly string[];
  /** PEM of an RSA key; where not given, a new one is made, which takes a moment. */
  readonly privateKey?: string;
}

/** An App with what its owner downloads once. */
export interface NewApp {
  readonly app: App;
  readonly installation: Installation;
  /** PEM, PKCS #1, as GitHub gives it. */
  readonly privateKey: string;
}

/** As GitHub's keys. */
const MODULUS_BITS = 2_048;
const CLIENT_ID_BYTES = 8;

/** An App that is installed on one account. */
export function addApp(github: GitHubState, request: AppRequest, at: Date): NewApp {
  const { slug, permissions, repositories } = request;
  const account = accountNamed(github, request.account);
  const privateKey = request.privateKey ?? newPrivateKey();
  const publicKey = createPublicKey(privateKey);
  const installation: Installation = {
    ...{ id: github.newId(), account, createdAt: at, permissions },
    repositories: repositories?.map((name) => name.toLowerCase()) ?? "all",
  };
  const app: App = {
    ...{ id: github.newId(), slug, owner: account, createdAt: at, publicKey, permissions },
    clientId: `Iv23sandbox${Buffer.from(github.randomBytes(CLIENT_ID_BYTES)).toString("hex")}`,
    installations: [installation],
  };
  github.apps.push(app);
  return { app, installation, privateKey };
}

function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: MODULUS_BITS });
  return privateKey.export({ type: "pkcs1", format: "pem" }).toString();
}

function accountNamed(github: GitHubState, login: string): Account {
  const organization = github.organizations.get(login.toLowerCase());
  const owners = [...github.repositories.values()].map(({ owner }) => owner);
  const user = owners.find((owner) => owner.login.toLowerCase() === login.toLowerCase());
  return organization?.account ?? user ?? { id: github.newId(), login, type: "User" };
}

/** The repositories that an installation may see. */
export function repositoriesOf(
  github: GitHubState,
  { account, repositories }: Installation,
): readonly Repository[] {
  return [...github.repositories.values()].filter(
    (each) =>
      each.owner.login === account.login &&
      (repositories === "all" || repositories.includes(fullName(each).toLowerCase())),
  );
}
