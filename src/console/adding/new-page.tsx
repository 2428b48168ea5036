import { clientKindsOf } from "../../adding/choices.ts";
import { credentialOf } from "../../adding/credential.ts";
import { providerIn } from "../../adding/subject.ts";
import type { Subject } from "../../adding/subject.ts";
import type { Grant } from "../../providers/provider.ts";
import type { Console } from "../console.ts";
import { fillForm } from "../form/fill.ts";
import { readForm } from "../form/read.ts";
import type { Entry } from "../form/typed.ts";
import { Typed } from "../form/typed.ts";
import { show } from "../page.tsx";
import { aboutNew, membersIn, parameterValues } from "./about.ts";
import type { About } from "./about.ts";
import { around } from "./around.ts";
import { ClientFields } from "./client-fields.tsx";
import { readClient } from "./client-form.ts";
import { fieldsFor } from "./credential-fields.ts";
import { isSound } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { CredentialForm, THEN } from "./form-page.tsx";
import { statusOf } from "./form-request.ts";
import type { Intent, Sent } from "./form-request.ts";
import { Guidance } from "./guidance.tsx";
import { newDraft } from "./new-draft.ts";
import { NO_FAULTS } from "./placed-faults.ts";
import { save } from "./save.ts";
import { usualName } from "./usual-name.ts";
import { warningsOf } from "./warnings.ts";

/** The form for a new credential of a provider, before anything was typed. */
export function showNew(console: Console, subject: Subject): Promise<Response> {
  const typed = new Typed(usual(console, subject));
  const { draft, about } = drafted(console, subject, typed);
  return page(console, subject, { typed, about, draft: { ...draft, faults: NO_FAULTS }, intent: undefined });
}

/** The same with what was typed: checked, or saved where nothing stands against that. */
export async function answerNew(
  console: Console,
  subject: Subject,
  { intent, typed }: Sent,
): Promise<Response> {
  const { draft, about, secret } = drafted(console, subject, typed);
  if (secret !== undefined) console.masked.add(secret);
  const { credential } = draft.judgement;
  if (intent === "save" && isSound(draft) && credential !== undefined) {
    const isAsked = typed.one(THEN) === "authorize" && credential.grant !== "client_credentials";
    const then = isAsked ? "authorize" : "saved";
    return save(console, { file: draft.file, credential, secret, kind: "new", then });
  }
  return page(console, subject, { typed, about, draft, intent });
}

function drafted(console: Console, subject: Subject, typed: Typed) {
  const fields = fieldsFor(aboutNew(subject, {}));
  const reading = readForm(fields, typed);
  const client = readClient(typed, undefined);
  const about = aboutNew(subject, membersIn(reading.value, "provider_parameters"));
  return { draft: newDraft(around(console), { subject, reading, client }), about, secret: client.secret };
}

interface Showing {
  readonly typed: Typed;
  readonly about: About;
  readonly draft: Draft;
  readonly intent: Intent | undefined;
}

function page(
  console: Console,
  subject: Subject,
  { typed, about, draft, intent }: Showing,
): Promise<Response> {
  const provider = about.provider ?? providerIn(subject);
  const fields = fieldsFor(about);
  const warnings = warningsOf(fields, typed);
  const shown = { typed, faults: draft.faults.byName, warnings, more: typed.one("more") || undefined };
  const grant = (typed.one("grant") || "authorization_code") as Grant;
  const keysOnly = credentialOf(subject, {}).client.authMethod === "private_key_jwt";
  const body = (
    <CredentialForm
      console={console}
      address={addressOf(subject)}
      fields={fields}
      shown={shown}
      faults={draft.faults}
      intent={intent}
      draft={draft}
      client={
        <ClientFields
          mode="new"
          kinds={clientKindsOf(provider, grant)}
          secretWord={keysOnly ? "The client's private key, as a JWK" : "Client secret"}
          shown={shown}
        />
      }
      before={<Guidance subject={subject} provider={provider} />}
      main={grant === "client_credentials" ? "save" : "save_and_authorize"}
      leave="/"
    />
  );
  return show(console, { title: `Add ${provider.name}`, body, current: "credentials" }, statusOf(intent));
}

function addressOf({ declared }: Subject): string {
  if (typeof declared === "string") return `/add/${declared}`;
  return `/add/issuer?${new URLSearchParams({ issuer: declared.issuer }).toString()}`;
}

/** What stands in the form from the start: as `add` has it, but for what only a person can tell. */
function usual(console: Console, subject: Subject): readonly Entry[] {
  const { grant, redirectUri, scopes } = credentialOf(subject, {});
  const { parameters } = aboutNew(subject, {});
  const defaults = Object.entries(parameters).map(
    ([key, { values, default: value }]) => [key, values === undefined ? undefined : value] as const,
  );
  return fillForm(fieldsFor(aboutNew(subject, {})), {
    name: usualName(around(console), subject),
    grant,
    scopes,
    redirect_uri: redirectUri,
    provider_parameters: parameterValues(Object.fromEntries(defaults)),
    provider: typeof subject.declared === "string" ? undefined : subject.declared,
  });
}
