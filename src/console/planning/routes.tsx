import type { Context, Hono } from "hono";
import type { Child } from "hono/jsx";
import type { Wanted } from "../../difference/wanted.ts";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";
import type { Shown } from "../page.tsx";
import type { Operation } from "../operation.ts";
import { AnotherPlan, AppliedPage, PlanPage, UnknownPlan } from "./pages.tsx";
import { commitAfter, commitBeside } from "./commit.ts";
import { ApplyProgress } from "./progress.tsx";
import { applyAtWork, startApply } from "./applying.ts";
import { look } from "./look.ts";
import type { Looked } from "./look.ts";
import { ShownPlans } from "./plans.ts";
import type { ShownPlan } from "./plans.ts";
import { keepTyped, Mistaken } from "./typed.tsx";

/** What differs between declarations and GitHub, and making it so. */
export function addPlanning(app: Hono, console: Console): void {
  const plans = new ShownPlans(console.ports.random);
  app.get("/plan", async (c) => {
    const atWork = applyAtWork(console);
    if (atWork !== undefined) return c.redirect(`/plan/apply/${atWork.id}`, 303);
    const looked = await look(console, plans, orphansIn(c));
    const commit = await commitBeside(
      console,
      looked,
      c.req.query("committed") === "yes" ? "just" : "any_time",
    );
    return show(console, planPage(console, looked, { commit }), looked.kind === "failed" ? 502 : 200);
  });
  app.post("/plan/secrets", async (c) => {
    const form = await c.req.parseBody();
    const plan = plans.find(form["plan"]);
    const orphans = plan?.saved.orphans ?? "keep";
    const mistaken = plan === undefined ? [] : keepTyped(console, plan, form);
    if (mistaken.length === 0) return c.redirect(orphans === "prune" ? "/plan?orphans=prune" : "/plan", 303);
    const looked = await look(console, plans, orphans);
    const commit = await commitBeside(console, looked, "any_time");
    return show(console, planPage(console, looked, { commit, mistaken }), 422);
  });
  app.post("/plan/forget", async (c) => {
    const { secret } = await c.req.parseBody();
    if (typeof secret === "string") console.typed.delete(secret);
    return c.redirect("/plan", 303);
  });
  addApplying(app, console, plans);
}

interface Beside {
  readonly commit: Child | undefined;
  readonly mistaken?: readonly string[];
}

function planPage(console: Console, looked: Looked, { commit, mistaken = [] }: Beside): Shown {
  const body = (
    <>
      <Mistaken names={mistaken} />
      <PlanPage console={console} looked={looked} commit={commit} />
    </>
  );
  return { title: "Plan", body, current: "plan" };
}

function orphansIn(c: Context): Wanted["orphans"] {
  return c.req.query("orphans") === "prune" ? "prune" : "keep";
}

function addApplying(app: Hono, console: Console, plans: ShownPlans): void {
  /** What the newest apply was begun for. */
  let begun: ShownPlan | undefined;
  app.post("/plan/apply", async (c) => {
    const plan = plans.find((await c.req.parseBody())["plan"]);
    if (plan === undefined)
      return show(console, { title: "An old plan", body: <UnknownPlan />, current: "plan" }, 409);
    const atWork = applyAtWork(console);
    if (atWork !== undefined && plan !== begun) {
      const body = <AnotherPlan id={atWork.id} />;
      return show(console, { title: "Another plan", body, current: "plan" }, 409);
    }
    begun = plan;
    return c.redirect(`/plan/apply/${startApply(console, plan).id}`, 303);
  });
  app.get("/plan/apply/:id", async (c) => {
    const operation = console.operations.find(c.req.param("id"));
    if (operation?.kind !== "apply") return c.notFound();
    const body = await applyBody(console, plans, operation);
    return show(console, { title: "Apply", body, current: "plan" });
  });
}

/** The plan is made when the apply has ended, and not at every step. */
async function applyBody(console: Console, plans: ShownPlans, operation: Operation): Promise<Child> {
  const { id, end } = operation;
  const ended = end && {
    end,
    looked: await look(console, plans, "keep"),
    commit: await commitAfter(console, id, end),
  };
  return (
    <>
      <ApplyProgress operation={operation} />
      {ended === undefined ? (
        <div id="apply-end" data-live />
      ) : (
        <div id="apply-end">
          <AppliedPage console={console} {...ended} />
        </div>
      )}
    </>
  );
}
