import type { Warning } from "../lifetime.ts";
import { minuteUtc } from "./instants.ts";
import { wrap } from "./table.ts";

/** That a refresh token ends soon, and what to do about it, as a remark under a table; "" where it does not. */
export function warningRemark(credential: string, warning: Warning | undefined): string {
  return warning === undefined ? "" : `\n${lines(credential, warning)}`;
}

function lines(credential: string, warning: Warning): string {
  const when = `on ${minuteUtc(warning.at)} UTC`;
  switch (warning.kind) {
    case "dies_of_age":
      return (
        wrap(`! the grant of ${credential} ends ${when}, however often it is refreshed`) +
        wrap(`run: sealring authorize ${credential}`, "  ")
      );
    case "dies_of_idleness":
      return (
        wrap(`! the refresh token of ${credential} dies unused ${when}: is the workflow's schedule on?`) +
        wrap("run: sealring doctor", "  ")
      );
  }
}
