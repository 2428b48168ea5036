import type { Hono } from "hono";
import { judge } from "../../adding/judge.ts";
import { judgeIssuer } from "../../commands/add-subject.ts";
import type { Provider } from "../../providers/provider.ts";
import { isSecureUrl } from "../../secure-url.ts";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";
import { issuerIn } from "./about.ts";
import { around } from "./around.ts";
import { Earlier } from "./earlier.ts";
import { Choose } from "./choose.tsx";
import type { ChooseProps } from "./choose.tsx";
import { readAddress } from "./form-address.ts";
import type { FormAddress } from "./form-address.ts";
import { sentForm } from "./form-request.ts";
import type { Sent } from "./form-request.ts";
import { answerEdit, showEdit } from "./edit-page.tsx";
import { Issuers } from "./issuers.ts";
import { hideLiteral } from "./literal.ts";
import { answerNew, showNew } from "./new-page.tsx";
import { findOld, WAS } from "./old-file.ts";
import type { OldText } from "./old-file.ts";
import { answerText, showText } from "./text-page.tsx";

/** `/add`, `/add/:provider`, `/credentials/:name/edit`, and `/check` for the forms of both. */
export function addAdding(app: Hono, console: Console): void {
  const issuers = new Issuers(console.ports.http);
  const earlier = new Earlier();
  const answer = (address: FormAddress | undefined, sent: Sent | undefined) =>
    answerForm({ console, issuers, earlier }, address, sent);
  app.get("/add", (c) => {
    return choose(console, { query: c.req.query("q") ?? "" });
  });
  for (const path of ["/add/:provider", "/credentials/:name/edit"]) {
    app.get(path, (c) => answer(readAddress(c.req.url), undefined));
    app.post(path, async (c) => answer(readAddress(c.req.url), await sentForm(c, "save")));
  }
  app.post("/check", async (c) => {
    const sent = await sentForm(c, "check");
    return answer(readAddress(console.origin + sent.typed.one("form_of")), sent);
  });
}

/** @param chosen what was searched for, and an issuer that cannot be one */
function choose(console: Console, chosen: ChooseProps): Promise<Response> {
  const shown = { title: "Add a credential", body: <Choose {...chosen} />, current: "credentials" } as const;
  return show(console, shown, chosen.issuer === undefined ? 200 : 400);
}

function issuerFault({ provider, issuer }: Extract<FormAddress, { kind: "new" }>): string | undefined {
  if (provider !== "issuer") return undefined;
  if (URL.canParse(issuer) && !isSecureUrl(issuer))
    return "an issuer is asked over https alone, such as https://id.example.com";
  return judgeIssuer(issuer);
}

interface Parts {
  readonly console: Console;
  readonly issuers: Issuers;
  readonly earlier: Earlier;
}

/** The form at an address, as it is or as it was sent. */
async function answerForm(
  parts: Parts,
  address: FormAddress | undefined,
  sent: Sent | undefined,
): Promise<Response> {
  const { console, issuers } = parts;
  switch (address?.kind) {
    case undefined:
      return nothing(console);
    case "new": {
      const fault = sent === undefined ? issuerFault(address) : undefined;
      if (fault !== undefined)
        return choose(console, { query: "", issuer: { typed: address.issuer, fault } });
      if (sent === undefined) issuers.forget(address.issuer);
      const subject = await issuers.subjectOf(address.provider, address.issuer);
      if (subject === undefined) return nothing(console);
      return sent === undefined ? showNew(console, subject) : answerNew(console, subject, sent);
    }
    case "edit":
      return answerOld(parts, findOld(console, address.name), { as: address.as, sent });
  }
}

async function answerOld(
  { console, issuers, earlier }: Parts,
  old: OldText | undefined,
  { as, sent }: { readonly as: "form" | "text"; readonly sent: Sent | undefined },
): Promise<Response> {
  if (old === undefined) return nothing(console);
  hideLiteral(console, old);
  const { value } = old;
  if (as === "text" || value === undefined)
    return sent === undefined ? showText(console, old) : answerText(console, old, sent);
  earlier.keep(old);
  const provider = providerOf(console, old);
  // What the loader takes for no issuer is not asked, wherever it may be.
  const issuer = provider && issuerIn(value);
  if (sent === undefined) issuers.forget(issuer);
  const editable = { ...old, value, provider, published: await issuers.scopesOf(issuer) };
  if (sent === undefined) return showEdit(console, editable);
  const was = earlier.find(sent.typed.one(WAS));
  const before = was?.value && { ...was, value: was.value, provider: providerOf(console, was) };
  return answerEdit(console, { old: editable, before }, sent);
}

/** undefined: the file has faults. */
function providerOf(console: Console, file: OldText): Provider | undefined {
  return judge(around(console), file).credential?.provider;
}

function nothing(console: Console): Promise<Response> {
  const body = (
    <>
      <p>There is no such provider or credential, or not any more.</p>
      <p class="actions">
        <a class="button" href="/">
          To the credentials
        </a>
      </p>
    </>
  );
  return show(console, { title: "Nothing here", body }, 404);
}
