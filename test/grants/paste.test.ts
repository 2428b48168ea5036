import { describe, expect, it } from "vitest";
import { preparePaste } from "../../src/grants/paste.ts";
import type { PreparedGrant, GrantRequest } from "../../src/grants/prepared.ts";
import type { Clock, Prompt } from "../../src/ports.ts";
import { realRandom, RecordingProgress } from "../support/grant-ports.ts";
import { NOBODY } from "../../src/commands/nobody.ts";
import { missing } from "../support/readings.ts";
import { aProvider, departing, json, ScriptedHttp } from "../support/scripted-http.ts";

const request: GrantRequest = {
  provider: aProvider(),
  client: { id: "c", secret: undefined },
  scopes: [],
  redirectUri: "https://app.example.com/done",
  timeoutSeconds: 300,
};

const endless: Clock = { now: () => new Date(0), sleep: () => new Promise(() => undefined) };
const over: Clock = { now: () => new Date(0), sleep: async () => undefined };

/** A person who pastes these in turn; STATE stands for the right one. */
function pasting(...texts: string[]): {
  run(more?: Partial<GrantRequest>): Promise<PreparedGrant>;
  progress: RecordingProgress;
  http: ScriptedHttp;
} {
  const progress = new RecordingProgress();
  const http = new ScriptedHttp(json(200, { access_token: "a" }));
  const text = async (): Promise<string> => {
    const state = new URL(progress.lines[1] ?? "").searchParams.get("state") ?? "";
    return (texts.shift() ?? missing()).replace("STATE", state);
  };
  const prompt: Prompt = { ...NOBODY, interactive: true, text, hidden: missing, confirm: missing };
  const ports = { http, clock: endless, random: realRandom, prompt, progress };
  return { run: (more = {}) => preparePaste({ ...request, ...more }, ports), progress, http };
}

const RIGHT = "https://app.example.com/done?code=c0de&state=STATE";

describe("the pasted address", () => {
  it("is taken with blanks around it, and its code burned only when told to", async () => {
    const { run, http } = pasting(`  ${RIGHT}\n`);
    const prepared = await run();
    expect(http.requests).toEqual([]);
    expect(await prepared.burn()).toMatchObject({ kind: "answered" });
    expect(http.form(0)).toMatchObject({ code: "c0de", redirect_uri: request.redirectUri });
  });

  it.each([
    ["a code alone", "c0de"],
    ["another page", "https://id.example.com/consent?code=c0de&state=STATE"],
    ["another path", "https://app.example.com/other?code=c0de&state=STATE"],
    ["no code", "https://app.example.com/done?state=STATE"],
    ["nothing", ""],
    ["another state", "https://app.example.com/done?code=c0de&state=older"],
  ])("is asked for again after %s", async (_what, wrong) => {
    const { run, progress } = pasting(wrong, RIGHT);
    await (await run()).burn();
    expect(progress.lines.join("\n")).toMatch(/^That (is not it|address belongs to another)/m);
  });

  it("is given up after three wrong ones", async () => {
    await expect(pasting("x", "y", "z", RIGHT).run()).rejects.toMatchObject({
      code: "usage",
      message: "no usable address was pasted",
    });
  });

  it("may say that the person refused", async () => {
    const refused = pasting("https://app.example.com/done?error=access_denied&state=STATE").run();
    await expect(refused).rejects.toMatchObject({ code: "reauthorization_required" });
  });

  it("may be one of another server: that is not asked for again", async () => {
    const mixedUp = pasting(`${RIGHT}&iss=https%3A%2F%2Fevil.example`).run();
    await expect(mixedUp).rejects.toMatchObject({ code: "provider_drift" });
  });

  it("is a loopback address where no redirect URI is registered", async () => {
    const { run, http } = pasting("http://127.0.0.1:8484/callback?code=c0de&state=STATE");
    await (await run({ redirectUri: undefined })).burn();
    expect(http.form(0)["redirect_uri"]).toBe("http://127.0.0.1:8484/callback");
  });

  it("is one of localhost where the server takes no IP literal", async () => {
    const { run, http } = pasting("http://localhost:8484/callback?code=c0de&state=STATE");
    const provider = departing({ loopback_redirect: "any_port_localhost" });
    await (await run({ redirectUri: undefined, provider })).burn();
    expect(http.form(0)["redirect_uri"]).toBe("http://localhost:8484/callback");
  });

  it("is waited for as long as the timeout says", async () => {
    const text = (_question: string, signal?: AbortSignal): Promise<string> =>
      new Promise((_resolve, reject) =>
        signal?.addEventListener("abort", () => reject(new Error("aborted"))),
      );
    const prompt: Prompt = { ...NOBODY, interactive: true, text, hidden: missing, confirm: missing };
    const ports = {
      http: new ScriptedHttp(),
      clock: over,
      random: realRandom,
      prompt,
      progress: new RecordingProgress(),
    };
    await expect(preparePaste(request, ports)).rejects.toMatchObject({
      code: "reauthorization_required",
      message: "no address was pasted within 5m",
    });
  });
});
