import { credentialOf } from "../../adding/credential.ts";
import type { Surroundings } from "../../adding/judge.ts";
import type { Subject } from "../../adding/subject.ts";
import { isTaken } from "../../commands/add-gather.ts";

/** An IP address as a URL has it. */
const NUMBERS = /^(?:[0-9.]+|\[.*\])$/;

/** What a new credential is called until a person says otherwise; empty where only an address of numbers is known. */
export function usualName(around: Surroundings, subject: Subject): string {
  const { name: host } = subject.identity;
  if (subject.entry === undefined && NUMBERS.test(host)) return "";
  const { name } = credentialOf(subject, {});
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? name : `${name}-${String(number)}`;
    const paths = [`credentials/${numbered}.yaml`, `credentials/${numbered}.yml`];
    if (!paths.some((path) => isTaken(around, { path, text: "" }))) return numbered;
  }
}
