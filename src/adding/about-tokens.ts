import { credentialOf } from "./credential.ts";
import { askFor } from "./interview.ts";
import type { Topic } from "./interview.ts";
import { providerIn } from "./subject.ts";
import { destinationsIn, outputsIn, wordsIn } from "./words.ts";

const askScopes: Topic = async (interview, told) => {
  if (told.scopes !== undefined) return told;
  const { scopes } = providerIn(interview.subject);
  if (scopes !== undefined) {
    const choices = Object.entries(scopes).map(([value, meaning]) => ({
      value,
      label: `${value}: ${meaning}`,
    }));
    return { ...told, scopes: await interview.prompt.multiselect("Scopes", choices) };
  }
  return askFor(interview, {
    question: "Scopes, with commas (Enter: none)",
    member: "scopes",
    fallback: "",
    tell: (typed) => ({ ...told, scopes: wordsIn(typed) }),
  });
};

/** Before the outputs, whose names must be free there. */
const askDestinations: Topic = async (interview, told) => {
  if (told.destinations !== undefined) return told;
  return askFor(interview, {
    question: "Who reads it? owner/name[:environment], … (Enter: this repository)",
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
    question: "Secrets that pipelines read, as NAME or NAME=field, with commas",
    member: "outputs",
    fallback: usual.join(","),
    tell: (typed) => ({ ...told, outputs: outputsIn(wordsIn(typed)) }),
  });
};

/** What the tokens are for, and where they go. */
export const ABOUT_TOKENS: readonly Topic[] = [askScopes, askDestinations, askOutputs];
