import { formatDuration } from "../duration.ts";
import { formatInstant } from "../instant.ts";
import type { TokenFacts, TokenUse } from "../github-settings.ts";
import { judgeClock } from "./clock.ts";
import { perform } from "./finding.ts";
import type { Check, Finding } from "./finding.ts";
import { needsOf } from "./needs.ts";
import type { Need } from "./needs.ts";
import { judgePermissions } from "./permissions.ts";
import type { Answered } from "./permissions.ts";
import { environmentsOf, setSecretCommand } from "./subject.ts";
import type { Subject } from "./subject.ts";

const NOTICE_SECONDS = 14 * 24 * 3_600;

/** The checks of each token: one, where the same serves for secrets and journal. */
export function tokenChecks(subject: Subject): readonly Check[] {
  const { tokenFrom } = subject.github.access;
  const shared = tokenFrom.secrets === tokenFrom.journal;
  const needs = needsOf(subject);
  const all: Check = {
    about: "token",
    run: () => examine(subject, "secrets", shared ? needs : needs.filter(({ use }) => use === "secrets")),
  };
  if (shared) return [all];
  const journal: Check = {
    about: "journal token",
    run: () =>
      examine(
        subject,
        "journal",
        needs.filter(({ use }) => use === "journal"),
      ),
  };
  return [all, journal];
}

async function examine(subject: Subject, use: TokenUse, needs: readonly Need[]): Promise<readonly Finding[]> {
  const { github, clock } = subject;
  const asked = clock.now();
  const facts = await github.tokens.facts(use);
  const { serverTime } = facts;
  const clocks = use === "secrets" ? [judgeClock({ asked, answered: clock.now(), serverTime })] : [];
  const holder = { kind: facts.kind, access: github.access };
  const answered = await Promise.all(needs.map((need) => ask(subject, need)));
  const unanswered = answered.flatMap(({ findings }) => findings);
  const permissions = judgePermissions(
    answered.flatMap(({ answers }) => answers),
    holder,
  );
  return [judgeToken(facts, { subject, use }), ...clocks, ...unanswered, ...permissions];
}

/** One that cannot be asked, because issues are turned off for instance, hides no other. */
async function ask({ github }: Subject, need: Need) {
  const answers: Answered[] = [];
  const run = async () => {
    answers.push({ need, may: await github.tokens.may(need.use, need) });
    return [];
  };
  return { findings: await perform({ about: "permissions", run }), answers };
}

interface Context {
  readonly subject: Subject;
  readonly use: TokenUse;
}

const KINDS: Readonly<Record<TokenFacts["kind"], string>> = {
  fine_grained: "a fine-grained token",
  classic: "a classic token",
  oauth: "an OAuth token",
  app: "a GitHub App's",
  actions: "the job's own GITHUB_TOKEN",
  unknown: "a token of a kind that sealring does not know",
};

/** Whether a token is of the right kind, and lasts. */
export function judgeToken(facts: TokenFacts, { subject, use }: Context): Finding {
  const about = use === "secrets" ? "token" : "journal token";
  const from = subject.github.access.tokenFrom[use];
  const found = `${KINDS[facts.kind]}, from ${from}${lifetime(facts)}`;
  const fix = (way: string) => `${way}${setIn(from, subject)}`;
  const page = `${subject.github.access.webUrl}/settings/personal-access-tokens`;
  switch (facts.kind) {
    case "classic":
      return {
        ...{ kind: "warning", about, found: `${found}; it reaches everything that its owner may` },
        fix: fix(`make a fine-grained one: ${page}/new`),
      };
    case "fine_grained":
    case "unknown":
      return endsSoon(facts)
        ? { kind: "warning", about, found, fix: fix(`regenerate it: ${page}`) }
        : { kind: "ok", about, found };
    case "actions":
      return use === "journal" ? { kind: "ok", about, found } : tooWeak(about, found);
    case "oauth":
    case "app":
      return { kind: "ok", about, found };
  }
}

function tooWeak(about: string, found: string): Finding {
  const fix =
    "give the job SEALRING_GITHUB_TOKEN, a fine-grained token, or declare a GitHub App (github.app in sealring.yaml)";
  return { kind: "failure", about, found: `${found}, which can never write secrets`, fix };
}

function endsSoon({ expiresAt, serverTime }: TokenFacts): boolean {
  return expiresAt !== undefined && (expiresAt.getTime() - serverTime.getTime()) / 1_000 < NOTICE_SECONDS;
}

/** Those of Apps and jobs live for an hour and are made anew: nobody has to know. */
function lifetime({ kind, expiresAt, serverTime }: TokenFacts): string {
  if (kind === "app" || kind === "actions") return "";
  if (expiresAt === undefined) return "; GitHub tells of no expiry";
  const left = (expiresAt.getTime() - serverTime.getTime()) / 1_000;
  return `; expires on ${formatInstant(expiresAt)}, in ${formatDuration(left)}`;
}

/** Where the new one goes, here and in the workflow. */
function setIn(from: string, subject: Subject): string {
  const secret = from.startsWith("SEALRING_") ? from : "SEALRING_GITHUB_TOKEN";
  const [first, ...others] = environmentsOf(subject);
  const more = others.length === 0 ? "" : ` (and for ${String(others.length)} more environments)`;
  const workflow = `run: ${setSecretCommand(subject, secret, first ?? null)}${more}`;
  if (subject.where === "job") return `; then ${workflow}`;
  return `; then ${from === "gh" ? "give it to gh auth login" : `set ${from} to it`}, and for the workflow ${workflow}`;
}
