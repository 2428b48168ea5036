import { destinationChecks } from "../doctor/destinations.ts";
import { environmentChecks } from "../doctor/environment.ts";
import { perform } from "../doctor/finding.ts";
import type { Check, Finding } from "../doctor/finding.ts";
import { judgeJob } from "../doctor/job.ts";
import { journalCheck } from "../doctor/journal.ts";
import { judgeNode } from "../doctor/node.ts";
import { providerChecks } from "../doctor/provider.ts";
import { redirectCheck } from "../doctor/redirect.ts";
import type { Where } from "../doctor/subject.ts";
import { tokenChecks } from "../doctor/token.ts";
import { workflowChecks } from "../doctor/workflow.ts";
import { EXIT } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import { declare, faulty, reachOf } from "./context.ts";
import type { Declared, Ports, Report } from "./context.ts";

/**
 * `sealring doctor`: what would keep the credentials from being refreshed, each with its fix. Changes nothing.
 * `nodeVersion` is as `process.versions.node` gives it.
 */
export async function doctor(ports: Ports, nodeVersion: string): Promise<Report<Finding>> {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") return faulty("doctor", declaring.faults);
  const { declared } = declaring;
  const where: Where = ports.self.owner.kind === "run" ? "job" : "laptop";
  const checks: readonly Check[] = [
    { about: "Node.js", run: () => [judgeNode(nodeVersion)] },
    { about: "token", run: () => askGitHub(ports, declared, where) },
    redirectCheck(declared.credentials, where, ports.listener),
    ...providerChecks(declared.credentials, ports.http),
  ];
  const results = withoutEchoes(await all(checks));
  return { command: "doctor", exit: exitFor(results), results, faults: [] };
}

async function askGitHub(ports: Ports, declared: Declared, where: Where): Promise<readonly Finding[]> {
  const { project, repository, credentials } = declared;
  const github = await ports.connect(project, repository, { reach: reachOf(credentials) });
  const subject = { ...declared, github, clock: ports.clock, where };
  return all([
    ...tokenChecks(subject),
    ...environmentChecks(subject),
    ...destinationChecks(subject),
    ...workflowChecks(subject),
    journalCheck(subject),
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
