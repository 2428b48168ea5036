import type { Child } from "hono/jsx";
import type { Planned } from "../../commands/plan.ts";
import type { Task } from "../../difference/plan.ts";
import { SEE_ORPHANS } from "../../difference/orphans.ts";
import { isSettled } from "../../difference/plan.ts";
import { Notice } from "../../page/notice.tsx";
import { ErrorNotice } from "../error-notice.tsx";
import { planSummary } from "../../report/plan.ts";
import { setCommand } from "../../stores/commands.ts";
import type { Console } from "../console.ts";
import { ApplyForm } from "./apply-form.tsx";
import { Changes } from "./change.tsx";
import { Faults, NothingDeclared } from "./faults.tsx";
import { groupsOf } from "./groups.ts";
import type { Group } from "./groups.ts";
import { LeftOver, leftOver } from "./left-over.tsx";
import type { Looked } from "./look.ts";
import { Blanks, Remarks, Tasks } from "./notes.tsx";
import { Typed } from "./typed.tsx";
import { Secrets } from "./secrets.tsx";

interface PlanProps {
  readonly console: Console;
  readonly looked: Looked;
}

/** A plan as people read it, with what they may do about it. */
export function PlanView({ console, looked }: PlanProps): Child {
  switch (looked.kind) {
    case "failed":
      return <ErrorNotice error={looked.error} />;
    case "faulty":
      return <Faults faults={looked.faults} />;
    case "planned":
      return <PlanBody console={console} looked={looked} />;
  }
}

type PlannedLook = Extract<Looked, { readonly kind: "planned" }>;

function PlanBody({ console, looked }: { readonly console: Console; readonly looked: PlannedLook }) {
  const { id, planned, lacking } = looked;
  const { changes, remarks, blanks } = planned.plan;
  return (
    <>
      <Summary planned={planned} />
      <LeftOver names={leftOver(planned)} />
      <Section name="github" heading="On GitHub" groups={groupsOf(changes, "github")} />
      <Section name="folder" heading="In this folder" groups={groupsOf(changes, "folder")} />
      <Section name="removed" heading="To be removed" groups={groupsOf(changes, "removed")} />
      <Typed console={console} planned={planned} />
      <Secrets console={console} id={id} planned={planned} lacking={lacking} />
      <Blanks blanks={blanks} />
      <ApplyForm console={console} id={id} planned={planned} />
      <Tasks tasks={tasksBeside(looked)} />
      <Remarks remarks={remarks.filter(({ hint }) => hint !== SEE_ORPHANS)} />
    </>
  );
}

function Summary({ planned }: { readonly planned: Planned }) {
  const { plan, wanted } = planned;
  if (wanted.credentials.length === 0 && plan.changes.length === 0) return <NothingDeclared />;
  const isAllWell = isSettled(plan) && plan.blanks.length === 0;
  return isAllWell ? (
    <Notice tone="good">
      <p>
        <strong>
          {leftOver(planned).length === 0
            ? "Nothing to do: everything is as declared."
            : "All that is declared is there."}
        </strong>
      </p>
    </Notice>
  ) : (
    <p>
      <strong>{planSummary(plan)}</strong>
    </p>
  );
}

/** Without those that a field of the page does. */
function tasksBeside({ planned: { plan, facts }, lacking }: PlannedLook): readonly Task[] {
  const typed = new Set(
    lacking.flatMap(({ secretName, targets }) =>
      targets.map((target) => setCommand(facts, target, secretName)),
    ),
  );
  return plan.tasks.filter(({ command }) => !typed.has(command));
}

interface SectionProps {
  readonly name: string;
  readonly heading: string;
  readonly groups: readonly Group[];
}

function Section({ name, heading, groups }: SectionProps) {
  if (groups.length === 0) return null;
  return (
    <section class={`card plan-${name}`} aria-labelledby={name}>
      <h2 id={name}>{heading}</h2>
      {groups.map((group) => (
        <>
          <h3>{group.heading}</h3>
          <Changes changes={group.changes} />
        </>
      ))}
    </section>
  );
}
