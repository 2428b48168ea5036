import { CLOCK_SKEW_MILLISECONDS } from "../protocol/settle.ts";
import type { StoredSecret } from "../github.ts";
import { deleteCommand } from "../stores/commands.ts";
import { describeTarget } from "../stores/targets.ts";
import { blankOf } from "./blank.ts";
import { valueOf } from "./facts.ts";
import type { Facts, Found, WrittenOutput } from "./facts.ts";
import type { Item, Remark } from "./plan.ts";
import { secretsIn } from "./present.ts";
import { homesOf, outputKey, outputsOf, ownSecretsOf } from "./wanted.ts";
import type { Wanted } from "./wanted.ts";

/** Outputs that the journal says sealring wrote, and that nothing declares any more. Sorted. */
export function orphansOf(wanted: Wanted, journal: Facts["journal"]): readonly WrittenOutput[] {
  const declared = new Set(outputsOf(wanted).map(({ target, secretName }) => outputKey(target, secretName)));
  const entries = [...(valueOf(journal) ?? new Map<string, never>())].flatMap(
    ([, found]) => valueOf(found) ?? [],
  );
  return entries
    .flatMap(({ name, published }) => published.map((output) => ({ ...output, credential: name })))
    .filter(({ target, secretName }) => !declared.has(outputKey(target, secretName)));
}

/**
 * What becomes of them. Whoever may write the journal's branch may write any store and name into it, so its word alone
 * removes nothing: the default branch must once have declared that very output of that very credential, and declare it
 * nowhere now; the secret must be as old as the journal says, and no name of sealring's own is ever touched.
 */
export function orphanItems(wanted: Wanted, facts: Facts): readonly Item[] {
  const orphans = orphansOf(wanted, facts.journal);
  const { orphans: asked } = facts;
  if (asked.kind === "not_asked") return orphans.length === 0 ? [] : [hint(orphans)];
  const kept = new Set(homesOf(wanted).flatMap((home) => ownSecretsOf(home, wanted.project).map(upper)));
  return orphans.flatMap((orphan): readonly Item[] => {
    const name = upper(orphan.secretName);
    if (name.startsWith("SEALRING_") || kept.has(name))
      return [staying(facts, orphan, "sealring itself needs that name")];
    const unsafe = whetherPushed(orphan, asked.pushed, valueOf(facts.repository)?.defaultBranch);
    if (unsafe !== undefined) return [unsafe];
    const declared = asked.declared.get(orphan.credential);
    if (declared?.kind === "unknown")
      return [blankOf(`the past of credentials/${orphan.credential}.yaml`, declared)];
    if (declared?.value.has(outputKey(orphan.target, orphan.secretName)) !== true)
      return [
        staying(
          facts,
          orphan,
          `no commit of the default branch declares it as an output of ${orphan.credential}`,
        ),
      ];
    return judged(orphan, facts);
  });
}

/** This checkout may be a branch, or behind: what the default branch declares, its next run publishes and others read. */
function whetherPushed(
  { target, secretName }: WrittenOutput,
  pushed: Found<ReadonlySet<string>>,
  branch = "the default branch",
): Item | undefined {
  if (pushed.kind === "unknown") return blankOf(`what ${branch} declares`, pushed);
  if (!pushed.value.has(outputKey(target, secretName))) return undefined;
  const what = `${secretName} in ${describeTarget(target)} stays: ${branch} still declares it`;
  const hint = "push what takes it out, or bring this checkout up to date: git pull";
  return { kind: "remark", what, hint };
}

/** Of an output that was once declared. */
function judged(orphan: WrittenOutput, facts: Facts): readonly Item[] {
  const entry = valueOf(valueOf(facts.journal)?.get(orphan.credential));
  if (entry?.intent !== undefined) return [staying(facts, orphan, `another run is at ${orphan.credential}`)];
  const present = secretsIn(facts, orphan.target);
  if (present === undefined) return [];
  const secret = present.get(upper(orphan.secretName));
  if (secret === undefined) return [{ kind: "prune", sign: "remove", output: orphan, secret: "gone" }];
  return wasLastWritten(orphan, secret)
    ? [{ kind: "prune", sign: "remove", output: orphan, secret: "there" }]
    : [staying(facts, orphan, "somebody else wrote it since")];
}

/** Whether a secret is as old as the journal says, by two clocks. */
export function wasLastWritten({ at }: WrittenOutput, { updatedAt }: StoredSecret): boolean {
  return Math.abs(updatedAt.getTime() - at.getTime()) <= CLOCK_SKEW_MILLISECONDS;
}

function staying(web: Pick<Facts, "webUrl">, { target, secretName }: WrittenOutput, why: string): Remark {
  const what = `${secretName} in ${describeTarget(target)} is declared no more, and stays: ${why}`;
  return { kind: "remark", what, hint: `if nobody reads it: ${deleteCommand(web, target, secretName)}` };
}

/** The hint of the remark that there are some. */
export const SEE_ORPHANS = "see what would go: sealring plan --prune";

function hint(orphans: readonly WrittenOutput[]): Remark {
  const names = [...new Set(orphans.map(({ secretName }) => secretName))].sort().join(", ");
  const what = `the journal has secrets that are declared no more: ${names}`;
  return { kind: "remark", what, hint: SEE_ORPHANS };
}

function upper(name: string): string {
  return name.toUpperCase();
}
