import type { Planned } from "../../commands/plan.ts";
import { Secret } from "../../secret.ts";
import { ID_AS_SECRET } from "../adding/client-form.ts";
import type { Console } from "../console.ts";
import { ErrorNotice } from "../error-notice.tsx";
import { FormToken } from "../page.tsx";
import type { ShownPlan } from "./plans.ts";
import { fieldOf } from "./secrets.tsx";

/**
 * Keeps what was typed into the fields of a plan's page, and nothing else that a form may hold. Gives the names of the
 * secrets in whose place a client id stood: those are not kept.
 */
export function keepTyped(
  console: Console,
  plan: ShownPlan,
  form: Readonly<Record<string, unknown>>,
): readonly string[] {
  const mistaken: string[] = [];
  for (const name of plan.asked) {
    const value = form[fieldOf(name)];
    const text = typeof value === "string" ? value.trim() : "";
    if (plan.clientIds.includes(text)) mistaken.push(name);
    if (text === "" || plan.clientIds.includes(text)) continue;
    const secret = new Secret(text);
    console.masked.add(secret);
    console.typed.set(name, secret);
  }
  return mistaken;
}

/** Why these were not kept. */
export function Mistaken({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  const { message, hint } = ID_AS_SECRET;
  return <ErrorNotice error={{ message: `${names.join(", ")}: ${message}`, hint }} />;
}

interface TypedProps {
  readonly console: Console;
  readonly planned: Planned;
}

/** What the plan seals because it was typed here, to be taken back where it was the wrong one. */
export function Typed({ console, planned }: TypedProps) {
  const names = planned.plan.changes.flatMap((change) => (change.kind === "seal" ? change.secretName : []));
  const typed = [...new Set(names)].filter((name) => console.typed.has(name));
  return (
    <>
      {typed.map((name) => (
        <form method="post" action="/plan/forget" class="card actions">
          <FormToken console={console} />
          <input type="hidden" name="secret" value={name} />
          <span>
            <code>{name}</code> is as you typed it here.
          </span>
          <button>
            Forget it<span class="for-readers">, {name}</span>
          </button>
        </form>
      ))}
    </>
  );
}
