import { describe, expect, it } from "vitest";
import type { Entry } from "../../../src/console/form/typed.ts";
import { changed, OURA } from "../../support/console-forms.ts";
import { ConsoleWorld } from "../../support/console-world.ts";

describe("what somebody hostile types", () => {
  const SCRIPT = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;

  it("is inert in every field and in the preview", async () => {
    const world = await ConsoleWorld.open();
    const names = [
      "name",
      "description",
      "owner",
      "grant",
      "client/id",
      "scopes/others",
      "redirect_uri",
      "outputs/0/name",
    ];
    const fields = changed(
      OURA,
      ...names.map((name): Entry => [name, SCRIPT]),
      ["more", SCRIPT],
      ["client_id_again", SCRIPT],
    );
    const { text } = await world.post("/add/oura", fields);
    expect(text.match(/<script[^>]*>/g)).toEqual(['<script src="/assets/console.js" defer="">']);
    expect(text).not.toContain("<img");
    const searched = await world.get(`/add?q=${encodeURIComponent(SCRIPT)}`);
    expect(searched.text).not.toContain("<img");
    const issued = await world.get(`/add/issuer?issuer=${encodeURIComponent(`javascript:${SCRIPT}`)}`);
    expect(issued.text).not.toContain("<img");
    expect(issued.text).not.toContain('href="javascript:');
  });

  it("leads to no file outside of credentials/", async () => {
    const world = await ConsoleWorld.open();
    for (const name of ["../x", "..%2fx", "a/b", "/etc/passwd", ".git/config", "x\0", "__proto__", ""]) {
      const { status } = await world.post("/add/oura", changed(OURA, ["name", name]));
      expect(status, name).toBe(422);
    }
    expect(world.console.savedSecrets.size).toBe(0);
    for (const path of [
      "/add/nope",
      "/add/constructor",
      "/credentials/..%2fx/edit",
      "/credentials/nope/edit",
    ])
      expect((await world.get(path)).status, path).toBe(404);
    expect((await world.post("/check", changed(OURA, ["form_of", "//evil.example"]))).status).toBe(404);
  });

  it("is no more than 256 KB", async () => {
    const world = await ConsoleWorld.open();
    expect((await world.post("/check", changed(OURA, ["description", "x".repeat(256 * 1024)]))).status).toBe(
      413,
    );
    expect((await world.post("/check", changed(OURA, ["description", "x".repeat(200 * 1024)]))).status).toBe(
      200,
    );
  });
});
