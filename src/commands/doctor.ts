import type { Credential } from "../declaration/credential.ts";
import { askedOnce } from "../doctor/asked-once.ts";
import { destinationChecks } from "../doctor/destinations.ts";
import { discoveryChecks } from "../doctor/discovery.ts";
import { endpointsCheck } from "../doctor/endpoints.ts";
import { environmentChecks } from "../doctor/environment.ts";
import { perform } from "../doctor/finding.ts";
import type { Check, Finding } from "../doctor/finding.ts";
import { judgeJob } from "../doctor/job.ts";
import { authorizedCheck, journalCheck } from "../doctor/journal.ts";
import { judgeNode } from "../doctor/node.ts";
import { providerChecks } from "../doctor/provider.ts";
import { redirectCheck, redirectRuleCheck } from "../doctor/redirect.ts";
import type { Where } from "../doctor/subject.ts";
import { tokenChecks } from "../doctor/token.ts";
import { workflowChecks } from "../doctor/workflow.ts";
import { EXIT } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import type { HttpClient } from "../ports.ts";
import { declare, faulty, named, reachOf } from "./context.ts";
import type { Declared, Ports, Report } from "./context.ts";

/** What is looked at. */
export interface Examination {
  /** As `process.versions.node` gives it. */
  readonly nodeVersion: string;
  /** The one credential, more closely; undefined: all of them. */
  readonly name: string | undefined;
}

/**
 * `sealring doctor`: what would keep the credentials from being refreshed, each with its fix. Changes nothing.
 * @throws SealringError `usage` where no file declares a credential of that name.
 */
export async function doctor(ports: Ports, { nodeVersion, name }: Examination): Promise<Report<Finding>> {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") return faulty("doctor", declaring.faults);
  const { declared } = declaring;
  const credentials = name === undefined ? declared.credentials : [named(declared.credentials, name)];
  const http = askedOnce(ports.http);
  const where: Where = ports.self.owner.kind === "run" ? "job" : "laptop";
  const checks: readonly Check[] = [
    { about: "Node.js", run: () => [judgeNode(nodeVersion)] },
    { about: "token", run: () => askGitHub(ports, { declared, credentials, where, name }) },
    redirectCheck(credentials, where, ports.listener),
    ...(name === undefined
      ? providerChecks(credentials, http)
      : credentials.flatMap((credential) => closeChecks(credential, http))),
  ];
  const results = withoutEchoes(await all(checks));
  return { command: "doctor", exit: exitFor(results), results, faults: [] };
}

/** What is asked of the provider of one credential, and too much to be asked of all. */
function closeChecks(credential: Credential, http: HttpClient): readonly Check[] {
  return [
    redirectRuleCheck(credential),
    endpointsCheck(credential, http),
    ...discoveryChecks(credential, http),
  ];
}

interface Asked {
  readonly declared: Declared;
  /** Of these, whose stores and workflows are looked at. */
  readonly credentials: readonly Credential[];
  readonly where: Where;
  readonly name: Examination["name"];
}

async function askGitHub(
  ports: Ports,
  { declared, credentials, where, name }: Asked,
): Promise<readonly Finding[]> {
  const { project, repository } = declared;
  const github = await ports.connect(project, repository, { reach: reachOf(credentials) });
  const subject = { ...declared, credentials, github, clock: ports.clock, where };
  return all([
    ...tokenChecks(subject),
    ...environmentChecks(subject),
    ...destinationChecks(subject),
    ...workflowChecks({ ...subject, ...declared }, credentials),
    journalCheck(subject),
    ...(name === undefined ? [] : [authorizedCheck(subject, name)]),
    { about: "job", run: () => [judgeJob(ports.self.owner, github.access)] },
  ]);
}

async function all(checks: readonly Check[]): Promise<readonly Finding[]> {
  return (await Promise.all(checks.map(perform))).flat();
}

/** A dead token is told of by every check that used it: once is enough. */
function withoutEchoes(findings: readonly Finding[]): readonly Finding[] {
  const amiss = findings.filter(({ kind }) => kind !== "ok");
  return findings.filter(
    (finding) => finding.kind === "ok" || amiss.find(({ found }) => found === finding.found) === finding,
  );
}

function exitFor(findings: readonly Finding[]): ExitCode {
  const kinds = new Set(findings.map(({ kind }) => kind));
  if (kinds.has("failure")) return EXIT.personNeeded;
  return kinds.has("unreachable") ? EXIT.remoteFailed : EXIT.done;
}
