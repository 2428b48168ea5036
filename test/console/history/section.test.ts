import { describe, expect, it } from "vitest";
import type { LogResult } from "../../../src/commands/log.ts";
import { HistorySection } from "../../../src/console/history/section.tsx";
import type { History } from "../../../src/console/history/read.ts";
import { viewIn } from "../../../src/console/history/view.ts";
import type { View } from "../../../src/console/history/view.ts";
import { at, SITE } from "../../support/entries.ts";

function lines(count: number, runUrl?: string): readonly LogResult[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ commit: "c", at: at(-3_600 * index) },
    what: {
      ...{ kind: "event", credential: "oura", runUrl },
      event: { kind: "refreshed", generation: count - index },
    },
  }));
}

async function shown(history: Pick<History, "lines" | "reach">, view: Partial<View> = {}): Promise<string> {
  const whole: View = { lines: "matters", length: "newest", ...view };
  const html = await HistorySection({
    name: "oura",
    history: { ...history, lifetimes: [], knownFrom: undefined, site: SITE },
    view: whole,
  });
  return html.toString();
}

describe("the history", () => {
  it("begins with the newest fifty lines, and leads to the rest", async () => {
    const html = await shown({ lines: lines(60), reach: "whole" });
    expect(html.match(/<li/g)).toHaveLength(50);
    expect(html).toContain('href="/credentials/oura?length=long#history"');
    const long = await shown({ lines: lines(60), reach: "whole" }, { length: "long" });
    expect(long.match(/<li/g)).toHaveLength(60);
    expect(long).not.toContain("Show older");
    expect(long).toContain('href="/credentials/oura?lines=all&amp;length=long#history"');
  });

  it("says where older lines are when a thousand are not all", async () => {
    expect(await shown({ lines: lines(3), reach: "cut" })).toContain("Show older");
    expect(await shown({ lines: lines(3), reach: "cut" }, { length: "long" })).toContain("commit by commit");
  });

  it("links to no address that is none of a run here", async () => {
    for (const other of ["javascript:alert(1)", "https://evil.example/acme/app/actions/runs/7"])
      expect(await shown({ lines: lines(1, other), reach: "whole" })).not.toContain(other);
    const run = "https://github.com/acme/app/actions/runs/7";
    expect(await shown({ lines: lines(1, run), reach: "whole" })).toContain(`<a href="${run}">run 7</a>`);
  });

  it("takes from an address only what it knows", () => {
    const query = { lines: "<script>", length: "long" } as Readonly<Record<string, string>>;
    expect(viewIn((name) => query[name])).toEqual({ lines: "matters", length: "long" });
  });
});
