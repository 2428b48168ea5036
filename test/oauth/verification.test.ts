import { expect, it } from "vitest";
import { verify } from "../../src/oauth/verification.ts";
import type { HttpOutcome } from "../../src/ports.ts";
import { Secret } from "../../src/secret.ts";
import { aProvider, json, ScriptedHttp, text } from "../support/scripted-http.ts";

it.each<[string, HttpOutcome, string]>([
  ["200", json(200, {}), "works"],
  ["204", text(204, ""), "works"],
  ["401", json(401, {}), "refused"],
  ["403", json(403, {}), "forbidden"],
  ["302, which is not followed", text(302, ""), "unreachable"],
  ["429", text(429, ""), "unreachable"],
  ["500", text(500, ""), "unreachable"],
  ["no answer", { kind: "lost", reason: "reset", partial: Buffer.of() }, "unreachable"],
])("an access token's trial with %s", async (_what, outcome, kind) => {
  const http = new ScriptedHttp(outcome);
  expect(await verify(http, aProvider(), new Secret("a"))).toEqual({ kind });
  expect(http.requests[0]).toMatchObject({ method: "GET", headers: { authorization: "Bearer a" } });
});

it("an access token is not tried where no endpoint is known", async () => {
  const provider = aProvider({ verification: undefined });
  expect(await verify(new ScriptedHttp(), provider, new Secret("a"))).toEqual({ kind: "unknown" });
});
