import { describe, expect, it } from "vitest";
import { Session } from "../../src/console/session.ts";
import { realRandom } from "../support/grant-ports.ts";
import { JobClock } from "../support/job-clock.ts";

describe("a console's session", () => {
  const open = () => {
    const clock = new JobClock();
    return { clock, session: new Session(realRandom, clock) };
  };

  it("takes the link's token once", () => {
    const { session, clock } = open();
    const cookie = session.exchange(session.linkToken, clock.now());
    expect(session.isOpen(cookie)).toBe(true);
    expect(session.exchange(session.linkToken, clock.now())).toBeUndefined();
  });

  it("takes no other token, and a wrong one does not use up the link", () => {
    const { session, clock } = open();
    for (const wrong of ["", "x", session.formToken, `${session.linkToken}x`])
      expect(session.exchange(wrong, clock.now())).toBeUndefined();
    expect(session.exchange(session.linkToken, clock.now())).toBeDefined();
  });

  it("takes the token for ten minutes", () => {
    const { session, clock } = open();
    clock.passSeconds(601);
    expect(session.exchange(session.linkToken, clock.now())).toBeUndefined();
  });

  it("knows its own cookie and its own forms, and takes neither for the other", () => {
    const { session, clock } = open();
    const cookie = session.exchange(session.linkToken, clock.now()) ?? "";
    expect(session.isOwnForm(session.formToken)).toBe(true);
    for (const wrong of [cookie, "", undefined, [session.formToken]])
      expect(session.isOwnForm(wrong)).toBe(false);
    for (const wrong of [undefined, "", session.formToken, session.linkToken])
      expect(session.isOpen(wrong)).toBe(false);
  });
});
