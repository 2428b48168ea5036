import type { Choice } from "../ports.ts";
import { credentialOf } from "./credential.ts";
import type { Topic } from "./interview.ts";
import type { ToldRotation } from "./told.ts";

const WORDS: Readonly<Record<ToldRotation, string>> = {
  "": "not known: it is treated as single use",
  single_use: "it dies, and a new one comes",
  optional: "a new one may come, and then takes its place",
  old_stays_valid: "a new one comes, and the old one works on",
  none: "nothing: it stays",
};

const ROTATIONS = Object.keys(WORDS) as ToldRotation[];

/** Where nobody has looked it up: of a provider that is not in the catalogue. Its metadata never says it. */
export const askRotation: Topic = async ({ prompt, subject }, told) => {
  const { grant } = credentialOf(subject, told);
  if (subject.entry !== undefined || told.rotation !== undefined || grant === "client_credentials")
    return told;
  const choices = ROTATIONS.map((value): Choice => ({ value, label: WORDS[value], hint: value }));
  const taken = await prompt.select("What happens to a refresh token when it is used?", choices);
  return { ...told, rotation: ROTATIONS.find((rotation) => rotation === taken) };
};
