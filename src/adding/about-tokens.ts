import { credentialOf } from "./credential.ts";
import { askFor } from "./interview.ts";
import type { Topic } from "./interview.ts";
import { askScopes } from "./about-scopes.ts";
import { destinationsIn, outputsIn, wordsIn } from "./words.ts";

const FIELDS = "access_token, id_token, expires_at, scope, token_type";

/** Before the outputs, whose names must be free there. */
const askDestinations: Topic = async (interview, told) => {
  if (told.destinations !== undefined) return told;
  return askFor(interview, {
    question:
      "Which repositories' workflows read the token? owner/name or owner/name:environment, with commas (Enter: this one)",
    member: "destinations",
    fallback: "",
    tell: (typed) => ({
      ...told,
      destinations: destinationsIn(typed.split(/,\s*/).filter((each) => each !== "")),
    }),
  });
};

const askOutputs: Topic = async (interview, told) => {
  if (told.outputs !== undefined) return told;
  const usual = credentialOf(interview.subject, told).outputs.map(({ secretName }) => secretName);
  return askFor(interview, {
    question: `Secrets that pipelines read, as NAME or NAME=field, with commas (fields: ${FIELDS})`,
    member: "outputs",
    fallback: usual.join(","),
    tell: (typed) => ({ ...told, outputs: outputsIn(wordsIn(typed)) }),
  });
};

/** What the tokens are for, and where they go. */
export const ABOUT_TOKENS: readonly Topic[] = [askScopes, askDestinations, askOutputs];
