import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ConsoleWorld } from "../support/console-world.ts";

test.each(["oura.yaml", "../../elsewhere.yaml"])(
  "a link to %s is offered to be neither edited nor removed",
  async (target) => {
    const opened = await ConsoleWorld.open();
    opened.declare({ name: "oura" });
    symlinkSync(target, join(opened.directory, "credentials/evil.yaml"));
    for (const from of ["/", "/credentials/evil"]) {
      const { status, text } = await opened.get(from);
      expect(status).toBe(200);
      expect(text).toContain("evil");
      expect(text).not.toMatch(/href="\/credentials\/evil\/(?:edit|remove)"/);
    }
  },
);
