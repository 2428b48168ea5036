import type { Call } from "./call.ts";
import type { Job } from "./world.ts";

/** As a trace calls a process. */
export function nameOf({ start }: Job): string {
  const number = String(start.slot);
  if (start.program === "authorize") return `person ${number}`;
  if (start.program === "recover_at_home") return `person ${number}, recovering`;
  return start.program === "refresh_probe" ? `probing run ${number}` : `run ${number}`;
}

/** As the steps are called in docs/reliability.md. */
export function describe(call: Call): string {
  switch (call.kind) {
    case "read_journal":
      return "2 settle, reads the journal";
    case "ask_for_job":
      return `2 settle, asks GitHub about job ${String(call.slot)}`;
    case "ask_for_boxes":
      return `2 settle, asks for the boxes of run ${String(call.slot)}`;
    case "swap":
      return `the journal: ${call.event.split("\n")[0]?.replace("oura: ", "") ?? ""}`;
    case "ask_provider":
      return call.refreshToken === undefined
        ? "5 spend, redeems the consent"
        : `5 spend rt-${String(call.refreshToken)}`;
    case "write_disk":
      return "6 seal, writes the box to its disk";
    case "clear_disk":
      return "removes the box from its disk";
    case "put_envelope":
      return `7 store envelope ${String(call.envelope)}`;
    case "put_output":
      return `8 publish at-${String(call.accessToken)}`;
    case "wait":
      return "waits";
  }
}
