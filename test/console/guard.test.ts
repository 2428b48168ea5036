import { describe, expect, it } from "vitest";
import { cookieName } from "../../src/console/guard.ts";
import { ask } from "../support/page-at.ts";
import { ConsoleWorld } from "../support/console-world.ts";

const place = ({ console: { origin } }: ConsoleWorld) => ({
  host: "127.0.0.1",
  port: Number(new URL(origin).port),
});

describe("the console's guard", () => {
  it("lets in the browser with the one-time link, once", async () => {
    const world = await ConsoleWorld.open();
    const link = `${world.console.origin}/start?token=${world.console.session.linkToken}`;
    const first = await fetch(link);
    expect(first.status).toBe(200);
    expect(first.headers.get("set-cookie")).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    const second = await fetch(link);
    expect(second.status).toBe(403);
    expect(await second.text()).toContain("If it was somebody else who used the link");
  });

  it("leads on from a page of its own: a redirect that began at another site would bring no cookie", async () => {
    const world = await ConsoleWorld.open();
    await world.cookie();
    const { status, text } = await world.get("/start?token=used");
    expect(status).toBe(200);
    expect(text).toContain('<meta http-equiv="refresh" content="0;url=/"');
    expect(text).toContain('<a href="/">');
  });

  it("knows its cookie beside others of the same name, as another port of this machine can set them", async () => {
    const world = await ConsoleWorld.open();
    const name = cookieName(world.console);
    const own = `${name}=${await world.cookie()}`;
    const asking = async (cookie: string) =>
      (await fetch(`${world.console.origin}/`, { headers: { cookie } })).status;
    for (const cookie of [`${name}=x; ${own}`, `${own}; ${name}=x`, `a=b;${own};${name}=`])
      expect(await asking(cookie)).toBe(200);
    for (const cookie of [`x${own}`, `${name}=x; ${name}=y`, `a="${own}"`, name])
      expect(await asking(cookie)).toBe(403);
  });

  it("shows nothing to a browser without the cookie", async () => {
    const world = await ConsoleWorld.open();
    expect((await fetch(`${world.console.origin}/`)).status).toBe(403);
    expect((await world.get("/")).status).toBe(200);
  });

  it("refuses another Host, as a rebound name has it", async () => {
    const world = await ConsoleWorld.open();
    for (const host of [
      "evil.example",
      `evil.example:${String(place(world).port)}`,
      "localhost",
      "127.0.0.1",
    ])
      expect((await ask(place(world), { host, path: "/" })).status).toBe(421);
    const { body } = await ask(place(world), { host: "localhost", path: "/start?token=secret" });
    expect(body).toContain(`<a href="${world.console.origin}/">`);
    expect(body).not.toContain("token");
  });

  it("refuses a form of another site, without the token, or with the wrong one", async () => {
    const world = await ConsoleWorld.open();
    const body = () => new URLSearchParams({ form_token: world.console.session.formToken });
    const { origin } = world.console;
    const post = (headers: Record<string, string>, form = body()) =>
      world.ask("/plan", { method: "POST", body: form, headers });
    expect((await post({})).status).toBe(403);
    expect((await post({ origin: "https://evil.example" })).status).toBe(403);
    expect((await post({ origin: "null" })).status).toBe(403);
    expect((await post({ origin, "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await post({ origin }, new URLSearchParams())).status).toBe(403);
    expect((await post({ origin }, new URLSearchParams({ form_token: "x" }))).status).toBe(403);
    expect((await post({ origin })).status).not.toBe(403);
  });

  it("gives another origin nothing to put into its own page", async () => {
    const world = await ConsoleWorld.open();
    const asking = (site: string, dest: string) =>
      world.ask("/", { headers: { "sec-fetch-site": site, "sec-fetch-dest": dest } });
    for (const site of ["same-site", "cross-site"])
      for (const dest of ["iframe", "script", "image", "empty"])
        expect((await asking(site, dest)).status).toBe(403);
    expect((await asking("same-origin", "empty")).status).toBe(200);
  });

  it("shows no button of its own where another origin leads to, with the cookie or without", async () => {
    const world = await ConsoleWorld.open();
    world.declare({ name: "oura" });
    const led = (site: string) =>
      world.ask("/plan", { headers: { "sec-fetch-site": site, "sec-fetch-dest": "document" } });
    for (const site of ["same-site", "cross-site"]) {
      const { status, text } = await led(site);
      expect(status).toBe(403);
      expect(text).toContain('<a href="/plan">');
      expect(text).not.toContain("<button");
    }
    expect((await led("none")).status).toBe(200);
  });

  it("leads somebody who follows another site's link from a page of its own, by path alone", async () => {
    const { console } = await ConsoleWorld.open();
    const navigation = {
      "sec-fetch-site": "cross-site",
      "sec-fetch-dest": "document",
    };
    const follow = async (path: string, more: Record<string, string> = {}, method = "GET") => {
      const answer = await fetch(console.origin + path, { method, headers: { ...navigation, ...more } });
      expect(answer.status).toBe(403);
      expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      return /<main>.*<a href="([^"]*)"/s.exec(await answer.text())?.[1];
    };
    expect(await follow("/")).toBe("/");
    expect(await follow("/credentials/oura/authorize?x=<script>")).toBe("/credentials/oura/authorize");
    expect(await follow("/operations/a_B-9", { "sec-fetch-site": "same-site" })).toBe("/operations/a_B-9");
    for (const path of [
      "//evil.example",
      "/%2fevil.example",
      "/\\evil.example",
      '/"><script>',
      "/a/",
      "/a:b",
    ])
      expect(await follow(path)).toBeUndefined();
    for (const site of ["same-origin", "none"])
      expect(await follow("/", { "sec-fetch-site": site })).toBeUndefined();
    for (const dest of ["iframe", "empty"])
      expect(await follow("/", { "sec-fetch-dest": dest })).toBeUndefined();
    expect(await follow("/plan", {}, "POST")).toBeUndefined();
  });

  it("refuses a body that is larger than any form, or of another type", async () => {
    const world = await ConsoleWorld.open();
    const { origin, session } = world.console;
    const form = `form_token=${session.formToken}&more=`;
    const type = "application/x-www-form-urlencoded";
    const post = (body: string, contentType: string) =>
      world.ask("/plan", { method: "POST", body, headers: { origin, "content-type": contentType } });
    expect((await post(form + "x".repeat(256 * 1024), type)).status).toBe(413);
    expect((await post(form, "text/plain")).status).toBe(403);
    expect((await post(form, type)).status).not.toBe(403);
  });

  it("answers GET and POST only", async () => {
    const world = await ConsoleWorld.open();
    for (const method of ["PUT", "DELETE", "OPTIONS", "HEAD"])
      expect((await world.ask("/", { method })).status).toBe(405);
    expect((await world.post("/start")).status).toBe(405);
  });

  it("sends every answer with a strict policy, and has nothing of it kept", async () => {
    const world = await ConsoleWorld.open();
    for (const path of ["/", "/assets/style.css", "/no-such-page", "/start?token=x"]) {
      const { headers } = await world.get(path);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });
});
