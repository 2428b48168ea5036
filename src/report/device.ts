import type { DeviceRequested } from "../commands/device-parts.ts";
import { minuteUtc } from "./instants.ts";
import { wrap } from "./table.ts";

/** A user code that waits, for a person who has seen it already. */
export function deviceText(results: readonly DeviceRequested[]): string {
  return results
    .map(({ credential, userCode, expiresAt }) =>
      wrap(
        `${credential}: the code ${userCode} is good until ${minuteUtc(expiresAt)} UTC; a later step of this job waits for it`,
      ),
    )
    .join("");
}

/** A result as the JSON document has it. */
export function deviceJson(result: DeviceRequested): object {
  return {
    credential: result.credential,
    outcome: result.outcome,
    user_code: result.userCode,
    verification_uri: result.verificationUri,
    verification_uri_complete: result.verificationUriComplete ?? null,
    expires_at: result.expiresAt,
  };
}
