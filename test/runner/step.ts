import { fillAt } from "./template.ts";
import type { StepDefinition } from "./template.ts";
import { objectOf, textOf } from "./expression.ts";
import type { JsonObject, Scope } from "./expression.ts";
import type { Machine } from "./machine.ts";
import { startScript } from "./shell.ts";
import type { ActionCall } from "./uses.ts";

/** A step as its expressions say, once they are evaluated. */
export type ReadyStep = {
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMinutes: number;
} & (
  | { readonly kind: "run"; readonly script: string; readonly shell: string | undefined }
  | { readonly kind: "uses"; readonly uses: string; readonly with: Readonly<Record<string, string>> }
);

const DEFAULT_TIMEOUT_MINUTES = 360;

/** Evaluates a step's values; its own `env` is in the scope of the rest. */
export function readyStep({ token }: StepDefinition, scope: Scope): ReadyStep {
  const env = texts(objectOf(fillAt(token, "env", scope)));
  const inner = { contexts: { ...scope.contexts, env: { ...objectOf(scope.contexts["env"]), ...env } } };
  const timeoutMinutes = Number(fillAt(token, "timeout-minutes", inner) ?? DEFAULT_TIMEOUT_MINUTES);
  const uses = fillAt(token, "uses", inner);
  if (uses !== undefined) {
    const given = texts(objectOf(fillAt(token, "with", inner)));
    return { kind: "uses", env, timeoutMinutes, uses: textOf(uses), with: given };
  }
  const shell = fillAt(token, "shell", inner);
  const script = textOf(fillAt(token, "run", inner));
  return { kind: "run", env, timeoutMinutes, script, shell: shell === undefined ? undefined : textOf(shell) };
}

/** Every value as the text that a variable or an action's input gets. */
export function texts(values: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)]));
}

export interface StepSite extends Pick<ActionCall, "env" | "run" | "print"> {
  readonly machine: Machine;
  /** Actions by what comes before the `@`. */
  readonly actions: Readonly<Record<string, (call: ActionCall) => Promise<number>>>;
}

/** Performs a step to its end, and gives its exit code. */
export async function performStep(step: ReadyStep, site: StepSite): Promise<number> {
  const { machine, env, print } = site;
  switch (step.kind) {
    case "run": {
      const script = { text: step.script, shell: step.shell, env, directory: machine.workspace };
      return machine.wait(startScript({ ...script, temp: machine.temp }, print));
    }
    case "uses": {
      const [name = ""] = step.uses.split("@");
      const action = site.actions[name];
      if (action === undefined) throw new Error(`this runner has no ${step.uses}`);
      return action({ ...site, uses: step.uses, with: step.with });
    }
  }
}
