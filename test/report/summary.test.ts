import { describe, expect, it } from "vitest";
import type { DeviceRequested } from "../../src/commands/device-parts.ts";
import type { StatusResult } from "../../src/commands/status.ts";
import { SealringError } from "../../src/errors.ts";
import type { CredentialResult } from "../../src/protocol/result.ts";
import { statusAnnotations } from "../../src/report/annotations.ts";
import { deviceSummary, errorSummary, refreshSummary, statusSummary } from "../../src/report/summary.ts";
import { anEntry, at, SITE } from "../support/entries.ts";

const FRESH: CredentialResult = {
  ...{ credential: "oura", outcome: "fresh", exit: 0, generation: 3, expiresAt: at(3_600) },
  ...{ destinations: [], message: undefined, hint: undefined, warning: undefined, site: SITE },
};
const DEAD: CredentialResult = {
  ...{ ...FRESH, credential: "strava", outcome: "reauthorization_required", exit: 4 },
  ...{ generation: undefined, expiresAt: undefined, hint: "run: sealring authorize strava" },
};

const HEAD = ["| credential | state | generation | expires (UTC) | what to do |", "|---|---|---:|---|---|"];

describe("a step's summary", () => {
  it("is a table, in which what asks for somebody comes first", () => {
    expect(refreshSummary("refresh", [FRESH, DEAD]).split("\n")).toEqual([
      ...["### sealring refresh", "", ...HEAD],
      "| `strava` | reauthorization required | - | - | `run: sealring authorize strava` |",
      "| `oura` | fresh | 3 | 2026-11-22 13:00 |  |",
      "",
    ]);
  });

  it("tells of a destination that did not take its output, and of a grant that ends soon", () => {
    const target = { kind: "environment", repository: "acme/app", environment: "production" } as const;
    const missing = {
      target,
      secret: "A",
      outcome: "store_refused",
      message: "no",
      hint: "give it",
    } as const;
    const partly = { ...FRESH, destinations: [missing] };
    const old = { ...FRESH, warning: { kind: "dies_of_age", at: at(86_400) } } as const;
    const text = refreshSummary("refresh", [partly, old]);
    expect(text).toContain("| `give it` |");
    expect(text).toContain("| `before 2026-11-23 12:00 UTC, run: sealring authorize oura` |");
  });

  it("says nothing of nothing", () => {
    expect(refreshSummary("refresh", [])).toBe("");
  });

  it("renders no Markdown of others: a bar ends no cell, a line break no row, a tag is text", () => {
    const hint = "a | b\n<img src=x> ` @acme [x](y)";
    const text = refreshSummary("refresh", [{ ...FRESH, hint }]);
    expect(text.split("\n")).toHaveLength(6);
    expect(text).toContain("| `` a \\| b\ufffd<img src=x> ` @acme [x](y) `` |");
  });

  it("of ten thousand credentials keeps those that ask for somebody, and stays under what GitHub takes", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      ...FRESH,
      credential: `oura-${String(index)}`,
    }));
    const text = refreshSummary("refresh", [...many, DEAD]);
    expect(Buffer.byteLength(text)).toBeLessThan(500_000);
    expect(text).toContain("| `strava` |");
    const rows = text.split("\n").filter((line) => line.startsWith("| `")).length;
    expect(text).toContain(`\n${String(10_001 - rows)} more are left out here.\n`);
  });

  it("of a command that ended says why and what next", () => {
    const error = new SealringError("transient", "GitHub did not answer", { hint: "run it again" });
    expect(errorSummary("refresh", error)).toBe(
      "### sealring refresh\n\n`GitHub did not answer`\n\n`run it again`\n",
    );
  });
});

const NEEDY: StatusResult = {
  ...{ credential: "oura", health: "needs_person", owner: undefined, entry: anEntry({ name: "oura" }) },
  ...{ hint: "run: sealring authorize oura", warning: undefined, site: SITE },
};

describe("a status", () => {
  it("is a table in the summary", () => {
    expect(statusSummary([NEEDY])).toContain("| `oura` | needs person | ");
    expect(statusSummary([{ ...NEEDY, entry: undefined }])).toContain("| `oura` | needs person | - | - | ");
  });

  it("is an error of the run for each credential that consumers cannot go on with", () => {
    const fine: StatusResult = { ...NEEDY, health: "fresh", hint: undefined };
    expect(statusAnnotations([fine, NEEDY])).toBe(
      "::error title=sealring::oura: needs person; run: sealring authorize oura\n",
    );
  });

  it("gives the runner one command a line, whatever is in it", () => {
    const hint = "100%\r\n::stop-commands::x";
    expect(statusAnnotations([{ ...NEEDY, hint }])).toBe(
      "::error title=sealring::oura: needs person; 100%25\ufffd\ufffd::stop-commands::x\n",
    );
  });
});

describe("a user code that waits", () => {
  const REQUESTED: DeviceRequested = {
    ...{ credential: "oura", outcome: "requested", exit: 0, userCode: "WDJB-MJHT" },
    verificationUri: "https://id.example/device",
    ...{ verificationUriComplete: undefined, qrCode: undefined, expiresAt: at(600) },
  };

  it("is in the summary, with its address and its time", () => {
    const text = deviceSummary([REQUESTED]);
    expect(text).toContain("[the provider's page](https://id.example/device)");
    expect(text).toContain("\n## `WDJB-MJHT`\n");
    expect(text).toContain("2026-11-22 12:10 UTC");
  });

  it("has a QR code where there is one", () => {
    const complete = "https://id.example/device?user_code=WDJB-MJHT";
    const text = deviceSummary([{ ...REQUESTED, verificationUriComplete: complete, qrCode: "█▀█\n█▄█" }]);
    expect(text).toContain("```text\n█▀█\n█▄█\n```");
  });

  it("is inert, though it is a provider's", () => {
    const text = deviceSummary([
      { ...REQUESTED, userCode: "`x` <img>", verificationUri: "https://id.example/(x)" },
    ]);
    expect(text).toContain("`` `x` <img> ``");
    expect(text).not.toContain("](https://id.example/(x)");
  });
});
