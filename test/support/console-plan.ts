import { expect } from "vitest";
import type { ConsoleWorld, Visited } from "./console-world.ts";

type Page = Pick<Visited, "text">;

/** The id of the plan that a page shows. */
export function planIn({ text }: Page): string {
  return /name="plan" value="([^"]+)"/.exec(text)?.[1] ?? "";
}

/** Applies the plan of a page, to its end; gives the page that tells of it. */
export async function applied(opened: ConsoleWorld, page: Page): Promise<Visited> {
  const answer = await opened.post("/plan/apply", [["plan", planIn(page)]]);
  expect(answer.status).toBe(303);
  await opened.console.operations.settled();
  return opened.get(answer.headers.get("location") ?? "");
}
