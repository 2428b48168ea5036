import { describe, expect, it } from "vitest";
import type { HttpClient } from "../../src/ports.ts";
import { amiss, diagnose, worldWithOura } from "./healthy.ts";

describe("of one credential", () => {
  it("looks closely at its provider, and where all is well finds nothing amiss", async () => {
    const world = await worldWithOura();
    await world.authorize("oura");
    const { exit, results } = await diagnose(world, { name: "oura" });
    expect(amiss(results)).toEqual([]);
    expect(exit).toBe(0);
    const of = (wanted: string) => results.filter(({ about }) => about === wanted);
    expect(of("redirect")).toMatchObject([
      { kind: "ok" },
      { kind: "ok", found: expect.stringContaining("registered") as string },
    ]);
    expect(of("discovery")).toHaveLength(1);
    expect(of("workflow")).toHaveLength(1);
    expect(of("provider")).toEqual([]);
    const endpoints = ["authorization", "token", "revocation", "verification"];
    expect(of("endpoint").map(({ found }) => found.split(":")[0])).toEqual(endpoints);
  });

  it("leaves the others alone, but for their part in the workflow", async () => {
    const world = await worldWithOura();
    world.declare({ name: "other" });
    const http = { send: async () => ({ kind: "not_sent", reason: "dns" }) as const };
    const listened: unknown[] = [];
    const listener = {
      listen: async (address: unknown) => {
        listened.push(address);
        return { port: 1, close: () => Promise.resolve() };
      },
    };
    const { exit, results } = await diagnose(world, { name: "other", ports: { http, listener } });
    expect(listened).toHaveLength(1);
    expect(exit).toBe(3);
    // Its discovery is down as well, and says the same as its endpoints do.
    expect(new Set(amiss(results).map(({ about }) => about))).toEqual(
      new Set(["authorization", "endpoint", "discovery"]),
    );
    expect(results.find(({ about }) => about === "authorization")).toEqual({
      ...{ kind: "warning", about: "authorization" },
      found: "other was never authorized",
      fix: "run: sealring authorize other",
    });
  });

  it("asks its issuer each thing once, however many checks need it", async () => {
    const world = await worldWithOura();
    world.declare({ name: "other" });
    const undiscovered = world.declarations.get("other")?.replace(/^ {2}\w+_endpoint: .*\n/gm, "") ?? "";
    world.declarations.set("other", undiscovered);
    const asked: string[] = [];
    const http: HttpClient = {
      send: async ({ url }) => {
        asked.push(url);
        return { kind: "not_sent", reason: "dns" };
      },
    };
    await diagnose(world, { name: "other", ports: { http } });
    expect(asked.length).toBeGreaterThan(1);
    expect(asked).toEqual([...new Set(asked)]);
  });

  it("that nobody declares is a mistake of the command line", async () => {
    await expect(diagnose(await worldWithOura(), { name: "uora" })).rejects.toMatchObject({
      code: "usage",
      hint: "declared are: oura",
    });
  });
});
