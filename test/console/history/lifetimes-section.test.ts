import { describe, expect, it } from "vitest";
import type { Lifetime } from "../../../src/console/history/lifetime.ts";
import { LifetimesSection } from "../../../src/console/history/lifetimes-section.tsx";
import { at, SITE } from "../../support/entries.ts";

const DAY = 86_400;

function lifetime(until: Date | undefined): Lifetime {
  return { generation: 1, how: "authorized", from: at(DAY), until, leftAt: undefined };
}

async function shown(only: Lifetime, knownFrom?: Date): Promise<string> {
  const window = { from: at(0), to: at(30 * DAY) };
  const html = await LifetimesSection({
    drawn: { lifetimes: [only], window, knownFrom, marginSeconds: undefined },
    history: { lines: [], reach: "whole", knownFrom, lifetimes: [only], site: SITE },
  });
  return html?.toString() ?? "";
}

describe("the access tokens of the last days", () => {
  it("are a table and no picture where none has an end", async () => {
    const html = await shown(lifetime(undefined));
    expect(html).not.toMatch(/<svg|<details/);
    expect(html).toContain("it was authorized once.</p>");
    expect(html).toContain("<td>in force</td>");
  });

  it("are in force until they end, and then expired", async () => {
    expect(await shown(lifetime(at(31 * DAY)))).toContain("<td>in force</td>");
    const html = await shown(lifetime(at(28 * DAY)));
    expect(html).toContain("<svg");
    expect(html).toContain("<td>expired for 2d</td>");
  });

  it("say how far they were read", async () => {
    expect(await shown(lifetime(undefined), at(DAY))).toMatch(
      /Since 2026-11-23 12:00 UTC it was .*Read back to <time[^>]*>2026-11-23 12:00 UTC</,
    );
    expect(await shown(lifetime(undefined))).not.toContain("Read back");
  });
});
