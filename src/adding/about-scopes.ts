import type { Choice } from "../ports.ts";
import { credentialOf } from "./credential.ts";
import { askFor } from "./interview.ts";
import type { Interview, Topic } from "./interview.ts";
import { hasNoScopes, providerIn } from "./subject.ts";
import type { Subject } from "./subject.ts";
import type { Told } from "./told.ts";
import { wordsIn } from "./words.ts";

/** OpenID Connect Core §11: who publishes it gives a refresh token for it. */
const OFFLINE = "offline_access";

/** From a list where the provider's are known; typed where they are not, or where there may be more. */
export const askScopes: Topic = async (interview, told) => {
  const { subject } = interview;
  if (told.scopes !== undefined || hasNoScopes(subject)) return told;
  const known = Object.entries(providerIn(subject).scopes ?? {});
  const published = publishedScopes(subject);
  const usual = usualScopes(subject, told);
  if (known.length > 0) {
    const choices = known.map(([value, meaning]) => ({ value, label: `${value}: ${meaning}` }));
    return askListed(interview, told, { choices, usual, others: "none" });
  }
  const choices = published.map((value) => ({ value, label: value }));
  if (choices.length > 0) return askListed(interview, told, { choices, usual, others: "typed" });
  return askFor(interview, {
    question: `Scopes, with commas (${reason(subject, told) ?? "Enter: none"})`,
    member: "scopes",
    fallback: usual.join(","),
    tell: (typed) => ({ ...told, scopes: wordsIn(typed) }),
  });
};

interface Listed {
  readonly choices: readonly Choice[];
  /** Ticked from the start. */
  readonly usual: readonly string[];
  /** `typed`: the list may lack some. */
  readonly others: "none" | "typed";
}

async function askListed(interview: Interview, told: Told, listed: Listed): Promise<Told> {
  const { prompt, notify, subject } = interview;
  const why = reason(subject, told);
  for (;;) {
    const question = why === undefined ? "Scopes" : `Scopes (${why})`;
    const ticked = await prompt.multiselect(question, listed.choices, listed.usual);
    const all =
      listed.others === "typed" ? await askOthers(interview, told, ticked) : { ...told, scopes: ticked };
    if (all.scopes?.length === 0 && !(await prompt.confirm("Ask for no scope?"))) continue;
    const text = interview.faultOf("scopes", all);
    if (text === undefined) return all;
    notify({ kind: "objection", text });
  }
}

async function askOthers(interview: Interview, told: Told, ticked: readonly string[]): Promise<Told> {
  return askFor(interview, {
    question: "Other scopes, with commas (Enter: none)",
    member: "scopes",
    fallback: "",
    tell: (typed) => ({ ...told, scopes: [...new Set([...ticked, ...wordsIn(typed)])] }),
  });
}

function publishedScopes({ found }: Subject): readonly string[] {
  return found?.kind === "published" ? found.published.scopes : [];
}

function usualScopes(subject: Subject, told: Told): readonly string[] {
  const { scopes, grant } = credentialOf(subject, told);
  if (scopes.length > 0 || grant === "client_credentials") return scopes;
  return publishedScopes(subject).filter((scope) => scope === OFFLINE);
}

/** Why one cannot be left out. */
function reason(subject: Subject, told: Told): string | undefined {
  const { offlineScopes } = providerIn(subject);
  if (credentialOf(subject, told).grant === "client_credentials" || offlineScopes.length === 0)
    return undefined;
  return `needed for a refresh token: ${offlineScopes.join(" or ")}`;
}
