import type { Context, Hono } from "hono";
import { Secret } from "../../secret.ts";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";
import { Faults } from "../planning/faults.tsx";
import { addBack } from "./back.ts";
import { Desk } from "./desk.ts";
import { authorizePage } from "./page.tsx";
import { findSubject } from "./subject.ts";
import type { Subject } from "./subject.ts";

/** `/credentials/<name>/authorize`: a person's consent, led from the page; and the way back from it. */
export function addAuthorizing(app: Hono, console: Console): void {
  const desk = new Desk(console);
  const page = "/credentials/:name{[a-z0-9-]{1,64}}/authorize" as const;
  const place = (c: Context) => `/credentials/${c.req.param("name") ?? ""}/authorize`;
  addBack(app);
  app.get(page, (c) => {
    const follow = c.req.query("follow");
    return withSubject(console, c, (subject) => {
      const canStop = desk.canStop(subject.credential.name);
      return authorizePage({ console, subject, canStop, follow, mistake: undefined });
    });
  });
  app.post(page, async (c) => {
    const form = await c.req.parseBody();
    return withSubject(console, c, (subject) => start({ console, desk, subject }, form, c));
  });
  app.post(`${page}/cancel`, (c) => {
    desk.stop(c.req.param("name"));
    return c.redirect(place(c), 303);
  });
  app.post(`${page}/paste`, async (c) => {
    const { address } = await c.req.parseBody();
    if (typeof address === "string") desk.paste(c.req.param("name"), address);
    return c.redirect(place(c), 303);
  });
}

type Form = Readonly<Record<string, unknown>>;

interface Starting {
  readonly console: Console;
  readonly desk: Desk;
  readonly subject: Subject;
}

async function start({ console, desk, subject }: Starting, form: Form, c: Context): Promise<Response> {
  const { credential, ways, secret, operation, other } = subject;
  const place = `/credentials/${credential.name}/authorize`;
  const isBusy = other !== undefined || (operation !== undefined && operation.end === undefined);
  if (isBusy) return c.redirect(place, 303);
  const typed = textOf(form, "client_secret");
  const { secretName } = credential.client;
  if (typed !== "" && secretName !== undefined) console.typed.set(secretName, new Secret(typed));
  else if (secret === "wanted") {
    const mistake = "The client secret is needed.";
    return authorizePage({ console, subject, canStop: false, follow: undefined, mistake });
  }
  const asked = textOf(form, "flow");
  const flow = ways.includes("paste") && asked === "paste" ? "paste" : undefined;
  const { id } = desk.start({ credential, flow });
  return c.redirect(`${place}?follow=${id}`, 303);
}

function textOf(form: Form, name: string): string {
  const value = form[name];
  return typeof value === "string" ? value.trim() : "";
}

function withSubject(
  console: Console,
  c: Context,
  work: (subject: Subject) => Promise<Response>,
): Promise<Response> {
  const found = findSubject(console, c.req.param("name") ?? "");
  switch (found.kind) {
    case "found":
      return work(found.subject);
    case "faulty":
      return show(console, {
        title: "Authorize",
        body: <Faults faults={found.faults} />,
        current: "credentials",
      });
    case "unknown": {
      const body = "No file in credentials/ declares this credential.";
      return show(console, { title: "Nothing here", body, current: "credentials" }, 404);
    }
  }
}
