import { envelopeSecretName, envelopeStore } from "../declaration/credential.ts";
import type { DeploymentPolicy, EnvironmentFacts, RepositoryFacts } from "../github-settings.ts";
import { isConfined } from "../stores/confined.ts";
import { signInSecret } from "../stores/sign-in.ts";
import { perform } from "./finding.ts";
import type { Check, Finding } from "./finding.ts";
import { environmentsOf, setSecretCommand } from "./subject.ts";
import type { Subject } from "./subject.ts";

const APPLY = "run: sealring apply";

/** One check for the repository, and one for each environment that holds envelopes. */
export function environmentChecks(subject: Subject): readonly Check[] {
  const repository = subject.github.settings.repository();
  // Told of by the check of the repository; nothing is unheard until the others look at it.
  repository.catch(() => undefined);
  const own = async () => [judgeRepository(await repository, subject)];
  return [
    { about: "repository", run: own },
    ...environmentsOf(subject).map((name) => ({
      about: "environment",
      run: async () =>
        name === null
          ? [withoutEnvironment(), ...(await ownSecrets(subject, null))]
          : examine(subject, name, repository),
    })),
  ];
}

function judgeRepository(facts: RepositoryFacts, { repository, github }: Subject): Finding {
  const { defaultBranch, visibility, archived } = facts;
  const found = `${repository}: ${visibility}, default branch ${defaultBranch}`;
  if (!archived) return { kind: "ok", about: "repository", found };
  const fix = `unarchive it: ${github.access.webUrl}/${repository}/settings`;
  return {
    kind: "failure",
    about: "repository",
    found: `${repository} is archived: nothing runs there`,
    fix,
  };
}

/** GitHub reads a repository's secrets when a run is queued: it may start with a token that is spent by then. */
function withoutEnvironment(): Finding {
  return {
    kind: "warning",
    about: "environment",
    found: "none: envelopes are the repository's secrets, which every branch's workflows can read",
    fix: `write environment: sealring into sealring.yaml, ${APPLY}, and authorize again`,
  };
}

async function examine(
  subject: Subject,
  name: string,
  repository: Promise<RepositoryFacts>,
): Promise<readonly Finding[]> {
  const [facts, around] = await Promise.all([subject.github.settings.environment(name), repository]);
  if (facts === undefined) return [absent(subject, name, around)];
  const secrets = await perform({
    about: "environment",
    run: async () => ownSecrets(subject, name),
  });
  return [judgePolicy(name, facts.policy, around), ...judgeGates(subject, name, facts), ...secrets];
}

function absent({ repository, github }: Subject, name: string, { visibility }: RepositoryFacts): Finding {
  const limits =
    visibility === "public"
      ? ""
      : "; a repository that is not public has environments with GitHub Pro, Team or Enterprise only";
  const found = `GitHub finds no environment ${name} in ${repository}${limits}`;
  const page = `${github.access.webUrl}/${repository}/settings/environments`;
  return { kind: "failure", about: "environment", found, fix: `${APPLY}, or make it: ${page}` };
}

/** Whether the default branch alone may read the environment's secrets. */
export function judgePolicy(
  name: string,
  policy: DeploymentPolicy,
  { defaultBranch, visibility }: Pick<RepositoryFacts, "defaultBranch" | "visibility">,
): Finding {
  const about = "environment";
  const who = admitted(policy, defaultBranch);
  if (who === undefined) return { kind: "ok", about, found: `${name}: open to ${defaultBranch} only` };
  const limits =
    visibility === "public"
      ? ""
      : " (a repository that is not public needs GitHub Pro, Team or Enterprise for it)";
  return {
    kind: "failure",
    about,
    found: `${name}: ${who}, instead of ${defaultBranch} alone`,
    fix: APPLY + limits,
  };
}

/** Whom a policy lets in; undefined: the default branch alone. */
function admitted(policy: DeploymentPolicy, defaultBranch: string): string | undefined {
  if (isConfined(policy, defaultBranch)) return undefined;
  switch (policy.kind) {
    case "all":
      return "workflows of every branch can read its secrets";
    case "protected":
      return "workflows of every protected branch can read its secrets";
    case "patterns": {
      if (policy.patterns.length === 0) return "it is open to no branch at all";
      const names = policy.patterns.map((pattern) => `${pattern.type} ${pattern.name}`);
      return `workflows of ${names.join(", ")} can read its secrets`;
    }
  }
}

/** A job that waits for a person does so every few hours. */
function judgeGates(
  { repository, github }: Subject,
  name: string,
  { gates }: EnvironmentFacts,
): readonly Finding[] {
  const page = `${github.access.webUrl}/${repository}/settings/environments`;
  return gates.map((gate) => ({
    kind: gate === "required_reviewers" ? "failure" : "warning",
    about: "environment",
    found: `${name}: every scheduled job waits for ${gate.replaceAll("_", " ")}`,
    fix: `remove that protection rule of environment ${name}: ${page}`,
  }));
}

/** What the job reads of a store: what it signs in with and, of credentials with an envelope there, the client secrets. */
async function ownSecrets(subject: Subject, environment: string | null): Promise<readonly Finding[]> {
  const { project, repository, github, credentials } = subject;
  const place = environment ?? repository;
  const { secrets } = await github.stores.room(envelopeStore(environment, repository));
  const present = new Set(secrets.map(({ name }) => name.toUpperCase()));
  const clients = credentials
    .filter((own) => own.environment === environment && present.has(envelopeSecretName(own.name)))
    .flatMap(({ client }) => client.secretName ?? [])
    .filter((name) => !present.has(name.toUpperCase()));
  const signIn = signInSecret(project);
  const lacks = present.has(signIn.toUpperCase()) ? [] : [signIn];
  const held: Finding = { kind: "ok", about: "environment", found: `${place}: holds ${signIn}` };
  const missing = [...new Set([...lacks, ...clients])].map((name): Finding => {
    const purpose =
      name === signIn ? "with which the workflow signs in to GitHub" : "which the provider asks for";
    const key = name === project.app?.privateKeyName ? " < key.pem" : "";
    return {
      // A repository gets its organization's secrets, too.
      kind: environment === null ? "warning" : "failure",
      about: "environment",
      found: `${place}: the secret ${name}, ${purpose}, is not there`,
      fix: `run: ${setSecretCommand(subject, name, environment)}${key}`,
    };
  });
  return [...(lacks.length === 0 ? [held] : []), ...missing];
}
