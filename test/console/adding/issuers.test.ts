import { describe, expect, it } from "vitest";
import { Issuers } from "../../../src/console/adding/issuers.ts";
import type { HttpClient } from "../../../src/ports.ts";
import { changed, formIn, OURA } from "../../support/console-forms.ts";
import { ConsoleWorld } from "../../support/console-world.ts";

const ISSUER = "https://id.example.com";
const ADDRESS = `/add/issuer?${new URLSearchParams({ issuer: ISSUER }).toString()}`;
const FORM = changed(OURA, ["form_of", ADDRESS], ["provider/is", "object"], ["provider/issuer", ISSUER]);

/** Nobody is there, and each who asks is counted. */
function silent() {
  const asked: string[] = [];
  const http: HttpClient = {
    send: async ({ url }) => {
      asked.push(url);
      return { kind: "not_sent", reason: "refused" };
    },
  };
  return { asked, http };
}

describe("what an issuer publishes of itself", () => {
  it("is asked for when a form is opened, new or not, and not while it is typed into", async () => {
    const { asked, http } = silent();
    const world = await ConsoleWorld.open({}, {}, { http });
    await world.get(ADDRESS);
    const once = asked.length;
    expect(once).toBeGreaterThan(0);
    for (const owner of ["a", "ab"]) await world.post("/check", changed(FORM, ["owner", owner]));
    expect(asked).toHaveLength(once);
    expect((await world.post(ADDRESS, FORM)).status).toBe(303);
    asked.length = 0;
    const editing = async () => {
      const { text } = await world.get("/credentials/oura/edit");
      await world.post("/check", formIn(text));
    };
    await editing();
    await editing();
    expect(asked).toHaveLength(2 * once);
  });

  it("is not asked for by a file that the loader does not take", async () => {
    const { asked, http } = silent();
    const world = await ConsoleWorld.open({}, {}, { http });
    expect((await world.post(ADDRESS, FORM)).status).toBe(303);
    asked.length = 0;
    const file = world.read("credentials/oura.yaml");
    world.write("credentials/oura.yaml", file.replace("version: 1", "version: 99"));
    const { status, text } = await world.get("/credentials/oura/edit");
    expect(status).toBe(200);
    await world.post("/check", formIn(text));
    expect(asked).toEqual([]);
  });

  it("is asked for again where asking came to grief", async () => {
    let count = 0;
    const issuers = new Issuers({
      send: () => {
        count += 1;
        return Promise.reject(new Error("a fault of ours"));
      },
    });
    await expect(issuers.subjectOf("issuer", ISSUER)).rejects.toThrow();
    await expect(issuers.subjectOf("issuer", ISSUER)).rejects.toThrow();
    expect(count).toBe(2);
  });
});
