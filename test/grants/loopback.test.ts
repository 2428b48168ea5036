import { describe, expect, it } from "vitest";
import { prepareLoopback } from "../../src/grants/loopback.ts";
import type { LoopbackPorts } from "../../src/grants/loopback.ts";
import type { GrantRequest } from "../../src/grants/prepared.ts";
import type { LoopbackListener, LoopbackRequest, LoopbackResponse, Usher } from "../../src/ports.ts";
import { realRandom, RecordingProgress, SteppingClock } from "../support/grant-ports.ts";
import { aProvider, departing, json, ScriptedHttp } from "../support/scripted-http.ts";

type Address = Parameters<LoopbackListener["listen"]>[0];

const request: GrantRequest = {
  provider: aProvider(),
  client: { id: "c", secret: undefined },
  scopes: ["daily"],
  redirectUri: "http://localhost:8484/callback",
  timeoutSeconds: 300,
};

/** A machine whose person does `visit` with the address, once it is shown. */
class Machine implements LoopbackPorts {
  readonly http = new ScriptedHttp(json(200, { access_token: "a" }));
  // Nobody's time is over unless a test says so.
  readonly clock: LoopbackPorts["clock"] = {
    now: () => new Date(0),
    sleep: () => new Promise(() => undefined),
  };
  readonly random = realRandom;
  readonly progress = new RecordingProgress();
  readonly addresses: Address[] = [];
  readonly shown: string[] = [];
  closed = 0;
  opens = true;
  #answer: (request: LoopbackRequest) => LoopbackResponse = () => ({ status: 500, headers: {}, body: "" });
  readonly #visit: (url: URL, machine: Machine) => void;

  constructor(visit: (url: URL, machine: Machine) => void) {
    this.#visit = visit;
  }

  readonly listener: LoopbackListener = {
    listen: async (address, answer) => {
      this.addresses.push(address);
      this.#answer = answer;
      return {
        port: address.port === 0 ? 50_123 : address.port,
        close: async () => {
          this.closed++;
        },
      };
    },
  };

  readonly browser = {
    open: async (url: string) => {
      this.shown.push(url);
      this.#visit(new URL(url), this);
      return this.opens;
    },
  };

  redirect(url: URL, query: Record<string, string>): LoopbackResponse {
    const to = new URL(url.searchParams.get("redirect_uri") ?? "");
    const state = url.searchParams.get("state") ?? "";
    const target = `${to.pathname}?${new URLSearchParams({ state, ...query }).toString()}`;
    return this.#answer({ method: "GET", target, hostHeader: to.host });
  }
}

const consenting = (): Machine => new Machine((url, machine) => void machine.redirect(url, { code: "c0de" }));

describe("the loopback flow", () => {
  it("listens where the redirect URI says, and burns the code only when told to", async () => {
    const machine = consenting();
    const prepared = await prepareLoopback(request, machine);
    expect(machine.addresses).toEqual([{ host: "localhost", port: 8484 }]);
    expect(machine.closed).toBe(1);
    expect(machine.http.requests).toEqual([]);
    expect(await prepared.burn()).toMatchObject({ kind: "answered" });
    expect(machine.http.form(0)).toMatchObject({
      code: "c0de",
      redirect_uri: "http://localhost:8484/callback",
    });
  });

  it("takes a free port of the IP literal where none is registered", async () => {
    const machine = consenting();
    await (await prepareLoopback({ ...request, redirectUri: undefined }, machine)).burn();
    expect(machine.addresses).toEqual([{ host: "127.0.0.1", port: 0 }]);
    expect(machine.http.form(0)["redirect_uri"]).toBe("http://127.0.0.1:50123/callback");
  });

  it("takes a free port of localhost where the server takes no IP literal", async () => {
    const machine = consenting();
    const provider = departing({ loopback_redirect: "any_port_localhost" });
    await (await prepareLoopback({ ...request, provider, redirectUri: undefined }, machine)).burn();
    expect(machine.addresses).toEqual([{ host: "localhost", port: 0 }]);
    expect(machine.http.form(0)["redirect_uri"]).toBe("http://localhost:50123/callback");
  });

  it.each([
    ["http://127.0.0.1/x", { host: "127.0.0.1", port: 80 }],
    ["http://[::1]:9000/x", { host: "::1", port: 9000 }],
  ])("serves %s", async (redirectUri, address) => {
    const machine = consenting();
    await prepareLoopback({ ...request, redirectUri }, machine);
    expect(machine.addresses).toEqual([address]);
  });

  it.each(["https://localhost:8484/x", "http://app.example.com/x", "com.example.app:/x"])(
    "cannot serve %s, and says what can be done",
    async (redirectUri) => {
      await expect(prepareLoopback({ ...request, redirectUri }, consenting())).rejects.toMatchObject({
        code: "usage",
        hint: "run the command with --flow paste",
      });
    },
  );

  it.each([true, false])("prints the address, whether a browser opens (%s) or not", async (opens) => {
    const machine = consenting();
    machine.opens = opens;
    await prepareLoopback(request, machine);
    expect(machine.progress.lines[0]).toMatch(opens ? /^Your browser opens/ : /^Open this address/);
    expect(machine.progress.lines[1]).toBe(machine.shown[0]);
  });

  it("gives up when the time is over, closes the port and names the other flow", async () => {
    const machine = Object.assign(new Machine(() => undefined), { clock: new SteppingClock() });
    await expect(prepareLoopback(request, machine)).rejects.toMatchObject({
      code: "reauthorization_required",
      message: "nobody came back from the browser within 5m",
      hint: expect.stringContaining("--flow paste") as string,
    });
    expect(machine.clock.sleptSeconds).toEqual([300]);
    expect(machine.closed).toBe(1);
  });

  it("ends at once when it is called off, and closes the port first", async () => {
    const stop = new AbortController();
    const machine = new Machine(() => stop.abort());
    const prepared = prepareLoopback(request, Object.assign(machine, { stop: stop.signal }));
    await expect(prepared).rejects.toMatchObject({ code: "interrupted" });
    expect(machine.closed).toBe(1);
  });

  it("leaves the browser to whoever leads the person", async () => {
    const machine = consenting();
    const invited: string[] = [];
    const invite: Usher["invite"] = (invitation) => {
      if (invitation.kind !== "address") return;
      invited.push(invitation.url);
      machine.redirect(new URL(invitation.url), { code: "c0de" });
    };
    const usher = { invite, done: () => void invited.push("done"), home: "http://127.0.0.1:8585/back/oura" };
    await prepareLoopback(request, Object.assign(machine, { usher }));
    expect(machine.shown).toEqual([]);
    expect(invited).toEqual([expect.stringContaining("code_challenge"), "done"]);
    expect(machine.progress.lines).toEqual(["Waiting for your consent at Example"]);
  });

  it.each([
    ["access_denied", "reauthorization_required", "Example refused the authorization (access_denied)"],
    ["invalid_scope", "client_misconfigured", "Example refused the authorization (invalid_scope)"],
    ["whatever they like", "provider_drift", "Example refused the authorization (unregistered_error)"],
  ])("ends with what %s means", async (error, code, message) => {
    const machine = new Machine((url, at) => void at.redirect(url, { error }));
    await expect(prepareLoopback(request, machine)).rejects.toMatchObject({ code, message });
    expect(machine.closed).toBe(1);
    expect(machine.http.requests).toEqual([]);
  });
});
