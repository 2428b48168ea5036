import type { Context, Hono } from "hono";
import { Secret } from "../../secret.ts";
import type { Console } from "../console.ts";
import { readDeclarations } from "../declarations.ts";
import { noCredential } from "../no-credential.tsx";
import { show } from "../page.tsx";
import { Faults } from "../planning/faults.tsx";
import { addBack } from "./back.ts";
import { Desk } from "./desk.ts";
import { authorizePage } from "./page.tsx";
import type { Mistake } from "./page.tsx";
import { keepTyped } from "./sending.ts";
import { findSubject } from "./subject.ts";
import type { Found, Subject } from "./subject.ts";

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
      return authorizePage({
        console,
        subject,
        canStop,
        changedFrom: desk.changedFrom(subject.credential),
        follow,
        mistake: undefined,
      });
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
  const { credential, ways, operation, other } = subject;
  const place = `/credentials/${credential.name}/authorize`;
  if (operation !== undefined && operation.end === undefined) return c.redirect(place, 303);
  const typed = textOf(form, "client_secret");
  const mistake = other === undefined ? mistakeIn(subject, form) : "busy";
  if (mistake !== undefined)
    return authorizePage({
      ...{ console, subject, canStop: false, changedFrom: desk.changedFrom(credential), follow: undefined },
      mistake,
    });
  if (typed !== "") keepTyped(console, credential, new Secret(typed));
  const asked = textOf(form, "flow");
  const way = ways.find((each) => each === asked) ?? ways[0];
  const { id } = desk.start({ credential, way });
  return c.redirect(`${place}?follow=${id}`, 303);
}

/** What a person agrees to is what their page has shown, and not what the file says by now. */
function mistakeIn({ credential, secret, sending }: Subject, form: Form): Mistake | undefined {
  const shown = textOf(form, "sending");
  if (shown === "" && sending?.consent === "needed") return "unticked";
  if (shown !== (sending?.fingerprint ?? "")) return "changed";
  const typed = textOf(form, "client_secret");
  if (typed === "") return secret === "wanted" ? "no_secret" : undefined;
  return typed === credential.client.id ? "id_as_secret" : undefined;
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
  const name = c.req.param("name") ?? "";
  const found = findSubject(console, name);
  switch (found.kind) {
    case "found":
      return work(found.subject);
    case "faulty":
      return show(console, {
        title: "Authorize",
        body: (
          <>
            <Waits console={console} name={name} faults={found.faults} />
            <Faults faults={found.faults} />
          </>
        ),
        current: "credentials",
      });
    case "unknown":
      return noCredential(console);
  }
}

interface WaitsProps extends Pick<Extract<Found, { kind: "faulty" }>, "faults"> {
  readonly console: Console;
  readonly name: string;
}

/** Why a credential waits for another's file. */
function Waits({ console, name, faults }: WaitsProps) {
  const own = readDeclarations(console.ports).credentials.find((each) => each.name === name);
  if (own === undefined || faults.some(({ file }) => file === own.file)) return null;
  return (
    <p>
      {`Nothing is wrong with ${name} itself. It waits all the same: a file with faults may name a secret of ${name}, and only one credential may write a secret.`}
    </p>
  );
}
