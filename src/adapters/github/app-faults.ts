import { SealringError } from "../../errors.ts";
import type { Account } from "./app-account.ts";
import { faultOf } from "./faults.ts";
import type { Site } from "./faults.ts";
import type { Lost, Refusal } from "./outcome.ts";

/** GitHub, and how it knows the App there. */
export interface AppSite extends Site {
  readonly clientId: string;
  /** The secret that holds its private key. */
  readonly privateKeyName: string;
}

/** The App's key may be anybody's: that its value is none is known without asking GitHub. */
export function noPrivateKey(name: string): SealringError {
  return new SealringError("usage", `the value of ${name} is no private key of a GitHub App`, {
    hint: `make a key on the App's page ("Private keys"), and run: gh secret set ${name} < the-file.pem`,
  });
}

export function notInstalled({ place }: Account, site: AppSite): SealringError {
  return new SealringError("store_refused", `the GitHub App ${site.clientId} is not installed on ${place}`, {
    hint: `install it there ("Install App" on its page under ${site.webUrl}/settings/apps), or add the repository to its installation`,
  });
}

/** The error for a request that the App itself has made. */
export function appFault(outcome: Refusal | Lost, { place }: Account, site: AppSite): SealringError {
  const asked = { what: `installation of the GitHub App on ${place}`, site };
  if (outcome.kind === "lost" || outcome.pauseSeconds !== undefined) return faultOf(outcome, asked);
  if (outcome.status === 401) return unknownApp(site);
  if (outcome.status === 403) return suspended(place, site);
  return faultOf(outcome, asked);
}

function unknownApp({ clientId, privateKeyName }: AppSite): SealringError {
  return new SealringError(
    "store_refused",
    `GitHub knows no App ${clientId} with the key of ${privateKeyName}, or this machine's clock is wrong`,
    {
      hint: `compare github.app in sealring.yaml with the App's page, and make a new key for ${privateKeyName} there; run: sealring doctor`,
    },
  );
}

function suspended(place: string, { webUrl }: AppSite): SealringError {
  return new SealringError("store_refused", `the GitHub App's installation on ${place} is suspended`, {
    hint: `unsuspend it under ${webUrl}/settings/installations, or the organization's settings ("GitHub Apps")`,
  });
}
