import type { Console } from "../console.ts";
import type { Field } from "../form/field.ts";
import { readForm } from "../form/read.ts";
import { Typed } from "../form/typed.ts";
import { show } from "../page.tsx";
import { aboutOld, membersIn } from "./about.ts";
import type { About } from "./about.ts";
import { around } from "./around.ts";
import { catchUp } from "./catch-up.ts";
import { ClientFields } from "./client-fields.tsx";
import { readClient } from "./client-form.ts";
import { fieldsFor } from "./credential-fields.ts";
import { isSound } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { editDraft } from "./edit-draft.ts";
import type { OldFile } from "./edit-draft.ts";
import { CredentialForm } from "./form-page.tsx";
import { statusOf } from "./form-request.ts";
import type { Intent, Sent } from "./form-request.ts";
import { fillOld } from "./literal.ts";
import { fingerprint, WAS } from "./old-file.ts";
import type { OldText } from "./old-file.ts";
import { save } from "./save.ts";
import { warningsOf } from "./warnings.ts";

/** A file that a form can show. */
export type Editable = OldText &
  OldFile & {
    /** undefined: the file has faults. */
    readonly provider: About["provider"];
    /** Scopes that its provider tells of itself. */
    readonly published: About["published"];
  };

/** What an older form was filled from; undefined: that is not known any more. */
export type Before = Omit<Editable, "published"> | undefined;

/** The form filled from a credential's file, with what is wrong with that already. */
export function showEdit(console: Console, old: Editable): Promise<Response> {
  const fields = fieldsOfOld(old);
  const typed = new Typed(fillOld(fields, old.value));
  const draft = editDraft(around(console), old, { fields, ...said(typed, old, fields), problems: [] });
  return page(console, old, { fields, typed, draft, was: fingerprint(old), intent: undefined });
}

/** The same with what was typed: checked, or saved where nothing stands against that. */
export async function answerEdit(
  console: Console,
  { old, before }: { readonly old: Editable; readonly before: Before },
  { intent, typed: sent }: Sent,
): Promise<Response> {
  const fields = fieldsOfOld(old);
  const earlier = before && { ...before, fields: fieldsOfOld({ ...before, published: [] }) };
  const { typed, was, problems } = catchUp({ ...old, fields }, earlier, sent);
  const { reading, client } = said(typed, old, fields);
  if (client.secret !== undefined) console.masked.add(client.secret);
  const draft = editDraft(around(console), old, { fields, reading, client, problems });
  const { credential } = draft.judgement;
  if (intent === "save" && isSound(draft) && credential !== undefined)
    return save(console, {
      file: draft.file,
      credential,
      secret: client.secret,
      kind: "edit",
      then: "saved",
    });
  return page(console, old, { fields, typed, draft, was, intent });
}

function fieldsOfOld({ value, provider, published }: Editable): readonly Field[] {
  return fieldsFor({ ...aboutOld(value, provider), published });
}

function said(typed: Typed, { value }: Editable, fields: readonly Field[]) {
  const { id } = membersIn(value, "client");
  const known = typeof id === "string" ? id.trim() : undefined;
  return { reading: readForm(fields, typed), client: readClient(typed, known) };
}

interface Showing {
  readonly fields: readonly Field[];
  readonly typed: Typed;
  readonly draft: Draft;
  /** The fingerprint of the text that the form stands on. */
  readonly was: string;
  readonly intent: Intent | undefined;
}

function page(
  console: Console,
  old: Editable,
  { fields, typed, draft, was, intent }: Showing,
): Promise<Response> {
  const warnings = warningsOf(fields, typed);
  const shown = { typed, faults: draft.faults.byName, warnings, more: typed.one("more") || undefined };
  const address = `/credentials/${old.name}/edit`;
  const body = (
    <CredentialForm
      console={console}
      address={address}
      fields={fields}
      shown={shown}
      faults={draft.faults}
      intent={intent}
      draft={draft}
      hidden={<input type="hidden" name={WAS} value={was} />}
      client={<ClientFields mode="edit" kinds={["confidential"]} secretWord="Client secret" shown={shown} />}
      before={
        <p>
          {"Is something not in this form? "}
          <a href={`${address}?as=text`}>Edit it as text</a>
        </p>
      }
      main="save"
      leave={`/credentials/${old.name}`}
    />
  );
  return show(console, { title: `Edit ${old.name}`, body, current: "credentials" }, statusOf(intent));
}
