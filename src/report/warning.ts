import type { Warning } from "../lifetime.ts";
import { minuteUtc } from "./instants.ts";
import { wrap } from "./table.ts";

/** That a refresh token ends soon, and what to do about it, as a remark under a table; "" where it does not. */
export function warningRemark(credential: string, warning: Warning | undefined): string {
  return warning === undefined ? "" : `\n${lines(credential, warning)}`;
}

function lines(credential: string, warning: Warning): string {
  const { what, command } = warningWords(credential, warning);
  return wrap(`! ${what}`) + wrap(`run: ${command}`, "  ");
}

/** What ends when, as a sentence without its capital, and the command that helps. */
export function warningWords(
  credential: string,
  warning: Warning,
): { readonly what: string; readonly command: string } {
  const when = `on ${minuteUtc(warning.at)} UTC`;
  switch (warning.kind) {
    case "dies_of_age":
      return {
        what: `the grant of ${credential} ends ${when}, however often it is refreshed.`,
        command: `sealring authorize ${credential}`,
      };
    case "dies_of_idleness":
      return {
        what: `the refresh token of ${credential} dies unused ${when}: is the workflow's schedule on?`,
        command: "sealring doctor",
      };
  }
}
