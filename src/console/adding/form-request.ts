import type { Context } from "hono";
import type { Entry } from "../form/typed.ts";
import { Typed } from "../form/typed.ts";

/** What a form of these pages is sent for. */
export type Intent = "check" | "save";

/** A form that was to be saved comes back only with what stands against that. */
export function statusOf(intent: Intent | undefined): number {
  return intent === "save" ? 422 : 200;
}

/** A form that was sent. */
export interface Sent {
  readonly intent: Intent;
  readonly typed: Typed;
}

/** A form's inputs, in their order. */
export async function sentForm(c: Context, intent: Intent): Promise<Sent> {
  const form = await c.req.formData();
  const entries = [...form].flatMap(([name, text]): readonly Entry[] =>
    typeof text === "string" ? [[name, text]] : [],
  );
  return { intent, typed: new Typed(entries) };
}
