import { describe, expect, it } from "vitest";
import { afterLostAnswer } from "../../src/protocol/settle.ts";
import type { LostSituation } from "../../src/protocol/settle.ts";
import type { Rotation } from "../../src/providers/provider.ts";
import { anIntent, at } from "../support/entries.ts";

describe("after a lost answer", () => {
  function next(rotation: Rotation, more: Partial<LostSituation> = {}): string {
    const usual = {
      rotation,
      reuse: "unknown" as const,
      intent: anIntent(),
      now: at(60),
      expiresAt: at(3_600),
      asked: false,
    };
    return afterLostAnswer({ ...usual, nextRunAt: at(600), ...more });
  }

  it.each<Rotation>([{ kind: "none" }, { kind: "old_stays_valid" }])(
    "the same token is sent again where it stays valid: %j",
    (rotation) => {
      expect(next(rotation)).toBe("send_again");
      expect(next(rotation, { expiresAt: at(0) })).toBe("send_again");
    },
  );

  it.each<Rotation>([{ kind: "single_use" }, { kind: "optional" }, { kind: "unknown" }])(
    "a token that may be dead waits until a person asks, or the access token has expired: %j",
    (rotation) => {
      expect(next(rotation)).toBe("wait");
      expect(next(rotation, { now: at(3_599) })).toBe("wait");
      expect(next(rotation, { now: at(3_600) })).toBe("probe");
      expect(next(rotation, { asked: true })).toBe("probe");
    },
  );

  it("the last scheduled run before the access token's end probes", () => {
    expect(next({ kind: "single_use" }, { nextRunAt: at(3_599) })).toBe("wait");
    expect(next({ kind: "single_use" }, { nextRunAt: at(3_600) })).toBe("probe");
    expect(next({ kind: "single_use" }, { nextRunAt: undefined })).toBe("probe");
  });

  it("a probe is made once while the access token lives, whoever asks, and by each run after it", () => {
    const probed = anIntent({ kind: "probe", generation: 3, replaces: anIntent() });
    const again = anIntent({ kind: "refresh", generation: 4, replaces: probed });
    for (const intent of [probed, again]) {
      expect(next({ kind: "single_use" }, { intent })).toBe("probed");
      expect(next({ kind: "single_use" }, { intent, asked: true })).toBe("probed");
      expect(next({ kind: "single_use" }, { intent, nextRunAt: at(3_600) })).toBe("probed");
      expect(next({ kind: "single_use" }, { intent, now: at(3_600) })).toBe("probe");
    }
  });

  it("a token whose reuse is known to be harmless is probed no sooner, and as often as somebody asks", () => {
    const probed = anIntent({ kind: "probe", generation: 3, replaces: anIntent() });
    const harmless = { reuse: "harmless", intent: probed } as const;
    expect(next({ kind: "single_use" }, { reuse: "harmless" })).toBe("wait");
    expect(next({ kind: "single_use" }, harmless)).toBe("wait");
    expect(next({ kind: "single_use" }, { ...harmless, asked: true })).toBe("probe");
    expect(next({ kind: "single_use" }, { ...harmless, nextRunAt: at(3_600) })).toBe("probe");
    expect(next({ kind: "single_use" }, { ...harmless, reuse: "revokes_family", asked: true })).toBe(
      "probed",
    );
  });

  it("nothing is left to lose where nobody knows of a lifetime", () => {
    expect(next({ kind: "single_use" }, { expiresAt: undefined })).toBe("probe");
  });

  const grace: Rotation = { kind: "grace", seconds: 90 };

  it("a token with a grace period is sent again within it, and then waits like any other", () => {
    expect(next(grace, { now: at(89) })).toBe("send_again");
    expect(next(grace, { now: at(90) })).toBe("wait");
    expect(next(grace, { now: at(90), asked: true })).toBe("probe");
  });

  it("the grace period counts from the first request with the token, not from the last", () => {
    const again = anIntent({ generation: 3, openedAt: at(60), replaces: anIntent() });
    const third = anIntent({ generation: 4, openedAt: at(80), replaces: again });
    expect(next(grace, { intent: third, now: at(89) })).toBe("send_again");
    expect(next(grace, { intent: third, now: at(91) })).toBe("wait");
  });
});
