import type { Choice } from "../ports.ts";
import type { Grant } from "../providers/provider.ts";
import { redirectAdvice } from "../providers/redirect.ts";
import { askParameters } from "./about-parameters.ts";
import { clientKindsOf, grantsOf } from "./choices.ts";
import { credentialOf } from "./credential.ts";
import { askFor } from "./interview.ts";
import type { Topic } from "./interview.ts";
import { providerIn } from "./subject.ts";
import type { ClientKind } from "./told.ts";

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

const GRANT_WORDS: Readonly<Record<Grant, string>> = {
  authorization_code: "a person consents in the browser",
  device_code: "a person enters a code, on any device",
  client_credentials: "for the client itself, with nobody's consent",
};

const askGrant: Topic = async ({ prompt, subject }, told) => {
  const grants = grantsOf(providerIn(subject));
  if (told.grant !== undefined || grants.length < 2) return told;
  const choices = grants.map((grant) => ({ value: grant, label: `${grant}: ${GRANT_WORDS[grant]}` }));
  const taken = await prompt.select("Grant", choices);
  return { ...told, grant: grants.find((grant) => grant === taken) };
};

const askRedirect: Topic = async (interview, told) => {
  const { grant } = credentialOf(interview.subject, told);
  if (told.redirectUri !== undefined || grant !== "authorization_code") return told;
  const { declare = "" } = redirectAdvice(providerIn(interview.subject));
  return askFor(interview, {
    question: `Redirect URI${declare === "" ? " (Enter: any free port)" : ""}`,
    member: "redirect_uri",
    fallback: declare,
    tell: (redirectUri) => ({ ...told, redirectUri }),
  });
};

/** Without a registered redirect URI there is no client id to enter. */
const tellRegistration: Topic = async ({ notify, subject }, told) => {
  const { grant, redirectUri, parameters } = credentialOf(subject, told);
  const provider = providerIn(subject, parameters);
  const enter = grant === "authorization_code" ? (redirectUri ?? redirectAdvice(provider).enter) : undefined;
  notify({ kind: "registration", registration: provider.registration, enter });
  return Promise.resolve(told);
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
  const taken = await prompt.select("Has the client a secret?", choices);
  return { ...told, client: kinds.find((kind) => kind === taken) };
};

/** Everything up to the client, whose secret is asked for next. */
export const ABOUT_CLIENT: readonly Topic[] = [
  askName,
  askDescription,
  askOwner,
  askParameters,
  askGrant,
  askRedirect,
  tellRegistration,
  askClientId,
  askClientKind,
];
