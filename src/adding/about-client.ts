import type { Choice } from "../ports.ts";
import type { Grant } from "../providers/provider.ts";
import { redirectAdvice } from "../providers/redirect.ts";
import { askParameters } from "./about-parameters.ts";
import { clientKindsOf, grantsOf } from "./choices.ts";
import { credentialOf } from "./credential.ts";
import { askFor } from "./interview.ts";
import type { Interview, Topic } from "./interview.ts";
import { askRotation } from "./about-rotation.ts";
import { providerIn } from "./subject.ts";
import type { Subject } from "./subject.ts";
import type { ClientKind, Told } from "./told.ts";

const askName: Topic = async (interview, told) => {
  if (told.name !== undefined) return told;
  return askFor(interview, {
    question: "Name of the credential, and of its file",
    member: "name",
    fallback: credentialOf(interview.subject, told).name,
    tell: (name) => ({ ...told, name }),
  });
};

const askDescription: Topic = async (interview, told) => {
  if (told.description !== undefined) return told;
  return askFor(interview, {
    question: "What is the data for? (Enter leaves it out)",
    member: "description",
    fallback: "",
    tell: (description) => ({ ...told, description }),
  });
};

const askOwner: Topic = async (interview, told) => {
  if (told.owner !== undefined) return told;
  return askFor(interview, {
    question: "Who is called when a person is needed? (Enter leaves it out)",
    member: "owner",
    fallback: "",
    tell: (owner) => ({ ...told, owner }),
  });
};

/** What each grant asks of people. */
export const GRANT_WORDS: Readonly<Record<Grant, string>> = {
  authorization_code: "a person allows it in the browser (authorization_code)",
  device_code: "a person enters a code on any device, such as a phone (device_code)",
  client_credentials: "the client gets tokens for itself, nobody has to allow it (client_credentials)",
};

const askGrant: Topic = async ({ prompt, subject }, told) => {
  const grants = grantsOf(providerIn(subject));
  if (told.grant !== undefined || grants.length < 2) return told;
  const choices = grants.map((grant) => ({ value: grant, label: GRANT_WORDS[grant] }));
  const taken = await prompt.select("How does it get its first token?", choices);
  return { ...told, grant: grants.find((grant) => grant === taken) };
};

/** Before names and purposes, so that whoever has no client yet can register one while the questions wait. */
const tellProvider: Topic = (interview, told) => {
  tellOfProvider(interview, told);
  return Promise.resolve(told);
};

/** What people stumble over, where the client is registered, and which redirect URI to enter there. */
export function tellOfProvider({ notify, subject }: Pick<Interview, "notify" | "subject">, told: Told): void {
  notify({ kind: "provider", subject });
  const { parameters } = credentialOf(subject, told);
  const { registration } = providerIn(subject, parameters);
  notify({ kind: "registration", registration, enter: toEnter(subject, told) });
}

/** undefined: the grant has no redirect URI. */
function toEnter(subject: Subject, told: Told): string | undefined {
  const { grant, redirectUri, parameters } = credentialOf(subject, told);
  if (grant !== "authorization_code") return undefined;
  return redirectUri ?? redirectAdvice(providerIn(subject, parameters)).enter;
}

const askRedirect: Topic = async (interview, told) => {
  const { notify, subject } = interview;
  const { grant } = credentialOf(subject, told);
  if (told.redirectUri !== undefined || grant !== "authorization_code") return told;
  const provider = providerIn(subject);
  const { declare = "" } = redirectAdvice(provider);
  const all = await askFor(interview, {
    question: `Redirect URI, as it is registered${declare === "" ? " (Enter: any free port)" : ""}`,
    member: "redirect_uri",
    fallback: declare,
    tell: (redirectUri) => ({ ...told, redirectUri }),
  });
  // Without a registered redirect URI there is no client id to enter.
  const { registration } = provider;
  if (all.redirectUri !== declare)
    notify({ kind: "registration", registration, enter: toEnter(subject, all) });
  return all;
};

/** Twice: a slip here is what most often goes wrong, and only a person's consent would show it. */
const askClientId: Topic = async (interview, told) => {
  if (told.clientId !== undefined) return told;
  const member = "client";
  const tell = (clientId: string) => ({ ...told, clientId });
  for (;;) {
    const first = await askFor(interview, { question: "Client id", member, fallback: "", tell });
    const again = await askFor(interview, { question: "Client id, again", member, fallback: "", tell });
    if (first.clientId === again.clientId) return first;
    interview.notify({ kind: "different_ids" });
  }
};

const CLIENT_CHOICES: Readonly<Record<ClientKind, Choice>> = {
  confidential: { value: "confidential", label: "yes" },
  public: { value: "public", label: "no", hint: "a public client" },
};

const askClientKind: Topic = async ({ prompt, subject }, told) => {
  const kinds = clientKindsOf(providerIn(subject), credentialOf(subject, told).grant);
  if (told.client !== undefined || kinds.length < 2) return told;
  const choices = kinds.map((kind) => CLIENT_CHOICES[kind]);
  const taken = await prompt.select("Did the provider give you a client secret?", choices);
  return { ...told, client: kinds.find((kind) => kind === taken) };
};

/** Everything up to the client, whose secret is asked for next. */
export const ABOUT_CLIENT: readonly Topic[] = [
  askParameters,
  askGrant,
  askRotation,
  tellProvider,
  askRedirect,
  askName,
  askDescription,
  askOwner,
  askClientId,
  askClientKind,
];
