import type { SecretApp } from "../../github.ts";
import { findEnvironment } from "./environments.ts";
import type { Repository } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { notFound } from "./operation.ts";
import { reads, writes } from "./permissions.ts";
import type { PermissionNeed } from "./permissions.ts";
import {
  answerPublicKey,
  answerSecret,
  answerSecrets,
  deleteSecret,
  plainView,
  putSecret,
} from "./secrets.ts";
import type { Vault } from "./vault.ts";

/** Where secrets of a repository are found, and what their operations are called. */
interface Place {
  readonly app: SecretApp;
  readonly noun: "repo" | "environment";
  readonly path: string;
  readonly read: PermissionNeed;
  readonly write: PermissionNeed;
  readonly vault: (call: Call, repository: Repository) => Vault | undefined;
}

const REPOSITORY_PERMISSIONS = {
  actions: { read: reads("secrets"), write: writes("secrets") },
  dependabot: { read: reads("dependabot_secrets"), write: writes("dependabot_secrets") },
  // Codespaces secrets have no level for reading alone.
  codespaces: { read: writes("codespaces_secrets"), write: writes("codespaces_secrets") },
} as const;

const REPOSITORY_PLACES = (["actions", "dependabot", "codespaces"] as const).map((app): Place => {
  return {
    app,
    noun: "repo",
    path: `/repos/:owner/:repo/${app}/secrets`,
    ...REPOSITORY_PERMISSIONS[app],
    vault: (_call, repository) => repository.vaults[app],
  };
});

const ENVIRONMENT_PLACE: Place = {
  app: "actions",
  noun: "environment",
  path: "/repos/:owner/:repo/environments/:environment_name/secrets",
  read: reads("environments"),
  write: writes("environments"),
  vault: (call, repository) => findEnvironment(call, repository)?.vault,
};

/** Answers from the place's vault, where there is one. */
function within(place: Place, answer: (call: Call, vault: Vault) => Answer) {
  return (call: Call, repository: Repository): Answer => {
    const vault = place.vault(call, repository);
    return vault === undefined ? notFound() : answer(call, vault);
  };
}

function readOperations(place: Place): readonly Operation[] {
  const { app, noun, path, read } = place;
  const described = { method: "GET", permission: read } as const;
  return [
    {
      kind: "repository",
      ...described,
      id: `${app}/list-${noun}-secrets`,
      path,
      handle: within(place, (call, vault) => answerSecrets(call, vault.list(), plainView)),
    },
    {
      kind: "repository",
      ...described,
      id: `${app}/get-${noun}-public-key`,
      path: `${path}/public-key`,
      handle: within(place, (_call, vault) => answerPublicKey(vault)),
    },
    {
      kind: "repository",
      ...described,
      id: `${app}/get-${noun}-secret`,
      path: `${path}/:secret_name`,
      handle: within(place, (call, vault) => answerSecret(call, vault, plainView)),
    },
  ];
}

function writeOperations(place: Place): readonly Operation[] {
  const { app, noun, write } = place;
  const described = { path: `${place.path}/:secret_name`, permission: write } as const;
  return [
    {
      kind: "repository",
      ...described,
      id: `${app}/create-or-update-${noun}-secret`,
      method: "PUT",
      handle: within(place, (call, vault) => putSecret(call, vault)),
    },
    {
      kind: "repository",
      ...described,
      id: `${app}/delete-${noun}-secret`,
      method: "DELETE",
      handle: within(place, deleteSecret),
    },
  ];
}

/** Secrets of repositories and environments. */
export const REPOSITORY_SECRETS: readonly Operation[] = [...REPOSITORY_PLACES, ENVIRONMENT_PLACE].flatMap(
  (place) => [...readOperations(place), ...writeOperations(place)],
);
