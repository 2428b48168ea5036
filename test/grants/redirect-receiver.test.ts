import { describe, expect, it } from "vitest";
import { RedirectReceiver } from "../../src/grants/redirect-receiver.ts";
import { authorizationRequest } from "../../src/oauth/authorization.ts";
import type { AuthorizationRequest } from "../../src/oauth/authorization.ts";
import type { Party } from "../../src/oauth/client.ts";
import type { LoopbackResponse } from "../../src/ports.ts";
import { realRandom } from "../support/grant-ports.ts";
import { aProvider, ScriptedHttp } from "../support/scripted-http.ts";

const NAME = `<script>alert("x")</script> & 'Co'`;
const ports = { http: new ScriptedHttp(), random: realRandom };
const party: Party = { provider: aProvider({ name: NAME }), client: { id: "c", secret: undefined } };

interface Waiting {
  readonly receiver: RedirectReceiver;
  readonly request: AuthorizationRequest;
  get(query: string, more?: { method?: string; path?: string; hostHeader?: string }): LoopbackResponse;
}

async function waiting(): Promise<Waiting> {
  const redirectUri = "http://localhost:8484/callback";
  const request = await authorizationRequest(party, { scopes: [], redirectUri }, ports);
  const receiver = new RedirectReceiver(party);
  receiver.expect(request);
  return {
    receiver,
    request,
    get: (query, { method = "GET", path = "/callback", hostHeader = "localhost:8484" } = {}) =>
      receiver.answer({ method, target: `${path}${query}`, hostHeader }),
  };
}

describe("at the redirect URI", () => {
  it("the redirect with the right state is taken, and the person is told to go on", async () => {
    const { receiver, request, get } = await waiting();
    const response = get(`?code=c&state=${request.state}`);
    expect(response.status).toBe(200);
    expect(response.body).toContain("You can close this tab");
    const redirect = await receiver.received;
    expect(redirect.kind === "code" && redirect.parameters.get("code")).toBe("c");
  });

  it("a stranger's redirect changes nothing: the right one is still taken", async () => {
    const { receiver, request, get } = await waiting();
    expect(get("?code=evil&state=guessed").status).toBe(400);
    expect(get("?error=access_denied").status).toBe(400);
    expect(get("").status).toBe(400);
    get(`?code=good&state=${request.state}`);
    const redirect = await receiver.received;
    expect(redirect.kind === "code" && redirect.parameters.get("code")).toBe("good");
  });

  it("the first redirect counts, and a reload does not", async () => {
    const { receiver, request, get } = await waiting();
    get(`?code=first&state=${request.state}`);
    get(`?code=second&state=${request.state}`);
    const redirect = await receiver.received;
    expect(redirect.kind === "code" && redirect.parameters.get("code")).toBe("first");
  });

  it("a refusal says what to do", async () => {
    const { receiver, request, get } = await waiting();
    const response = get(`?error=access_denied&state=${request.state}`);
    expect(response.status).toBe(400);
    expect(response.body).toContain("run the command in the terminal again");
    expect(await receiver.received).toMatchObject({ kind: "error", code: "access_denied" });
  });

  it("nothing else is served", async () => {
    const { request, get } = await waiting();
    const right = `?code=c&state=${request.state}`;
    expect(get(right, { path: "/" }).status).toBe(404);
    expect(get(right, { path: "/callback/" }).status).toBe(404);
    expect(get(right, { path: "//callback" }).status).toBe(404);
    expect(get(right, { path: "http://localhost:8484/callback" }).status).toBe(404);
    expect(get("", { path: "/favicon.ico" }).status).toBe(404);
  });

  it.each(["POST", "HEAD", "PUT", "OPTIONS", "DELETE"])("%s is not allowed", async (method) => {
    const { request, get } = await waiting();
    const response = get(`?code=c&state=${request.state}`, { method });
    expect(response).toMatchObject({ status: 405, headers: { allow: "GET" } });
  });

  it.each(["evil.example", "evil.example:8484", "localhost", "localhost:8485", "127.0.0.1:8484", ""])(
    "Host %j is another's, as after a rebound name",
    async (hostHeader) => {
      const { request, get } = await waiting();
      expect(get(`?code=c&state=${request.state}`, { hostHeader }).status).toBe(421);
    },
  );

  it("Host is compared without regard to capitals", async () => {
    const { request, get } = await waiting();
    expect(get(`?code=c&state=${request.state}`, { hostHeader: "LocalHost:8484" }).status).toBe(200);
  });

  it("nothing is served before the request is made", () => {
    const receiver = new RedirectReceiver(party);
    expect(receiver.answer({ method: "GET", target: "/callback", hostHeader: "" }).status).toBe(404);
  });
});

describe("the page", () => {
  it("shows the provider's name as text", async () => {
    const { request, get } = await waiting();
    const { body } = get(`?code=c&state=${request.state}`);
    expect(body).not.toContain("<script");
    expect(body).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;Co&#39;");
  });

  it("has nothing of the query in it, loads nothing, runs nothing and is kept nowhere", async () => {
    const { request, get } = await waiting();
    const { body, headers } = get(`?code=c0de&state=${request.state}&error_description=<b>`);
    for (const text of ["c0de", request.state, "<b>", "src=", "href=", "http"])
      expect(body).not.toContain(text);
    expect(headers).toMatchObject({ "cache-control": "no-store", "referrer-policy": "no-referrer" });
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
  });
});

describe("the page of a person who came from the console", () => {
  const home = "http://127.0.0.1:8585/back/oura";

  async function pageOf(query: string): Promise<LoopbackResponse> {
    const redirectUri = "http://localhost:8484/callback";
    const request = await authorizationRequest(party, { scopes: [], redirectUri }, ports);
    const receiver = new RedirectReceiver(party, home);
    receiver.expect(request);
    const target = `/callback?${query}&state=${request.state}`;
    return receiver.answer({ method: "GET", target, hostHeader: "localhost:8484" });
  }

  it.each(["code=c", "error=access_denied", "error=server_error"])(
    "leads back by itself (%s)",
    async (query) => {
      const { body } = await pageOf(query);
      expect(body).toContain(`<meta http-equiv="refresh" content="0;url=${home}">`);
      expect(body).toContain(`<a href="${home}">`);
      expect(body).toContain("sealring&#39;s console");
      expect(body).not.toContain("terminal");
    },
  );
});
