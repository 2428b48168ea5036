import type { Prompt } from "../ports.ts";
import type { Registration } from "../providers/provider.ts";
import type { Subject } from "./subject.ts";
import type { Told } from "./told.ts";

/** What a person reads between the questions. */
export type Notice =
  | { readonly kind: "provider"; readonly subject: Subject }
  | {
      readonly kind: "registration";
      readonly registration: Registration;
      /** The redirect URI to enter there; undefined: the grant has none. */
      readonly enter: string | undefined;
    }
  | { readonly kind: "different_ids" }
  /** Against answers of a list, which is asked for again. */
  | { readonly kind: "objection"; readonly text: string }
  | { readonly kind: "file"; readonly path: string; readonly text: string };

/** A person who is asked for a new credential. */
export interface Interview {
  readonly prompt: Prompt;
  readonly subject: Subject;
  readonly notify: (notice: Notice) => void;
  /** What is wrong with a member of the file that this would make; undefined: nothing. */
  readonly faultOf: (member: string, told: Told) => string | undefined;
}

/** Asks for one thing, unless it was told before. */
export type Topic = (interview: Interview, told: Told) => Promise<Told>;

/** Goes through topics, one after the other. */
export async function ask(interview: Interview, topics: readonly Topic[], told: Told): Promise<Told> {
  let all = told;
  for (const topic of topics) all = await topic(interview, all);
  return all;
}

/** A question whose answer goes into a member of the file. */
export interface Question {
  readonly question: string;
  readonly member: string;
  readonly fallback: string;
  readonly tell: (answer: string) => Told;
}

/** Asks until the loader has nothing against that member. */
export async function askFor(interview: Interview, { member, tell, ...field }: Question): Promise<Told> {
  const judge = (typed: string) => interview.faultOf(member, tell(typed));
  return tell(await interview.prompt.field({ ...field, judge }));
}
