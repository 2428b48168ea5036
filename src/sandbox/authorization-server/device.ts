import { errorPage } from "./authorize.ts";
import { authenticateClient } from "./client-authentication.ts";
import { askConsent } from "./consent-page.ts";
import { json, newToken, oauthError, secondsAfter } from "./endpoint.ts";
import type { Visit } from "./endpoint.ts";
import { issueTokens } from "./issue.ts";
import type { DeviceAuthorization, RegisteredClient } from "./model.ts";
import { page } from "./page.ts";
import { readScopes } from "./scopes.ts";

export const DEVICE_PAGE_PATH = "/oauth/v2/ext/device";

const DEVICE_SECONDS = 600;
const INTERVAL_SECONDS = 5;
const SLOW_DOWN_SECONDS = 5;
/** RFC 8628 §6.1: no vowels, so no words, and nothing that looks alike. */
const USER_CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
const USER_CODE_LENGTH = 8;

/** The device authorization endpoint (RFC 8628 §3.1). */
export function authorizeDevice(visit: Visit): Response {
  const authentication = authenticateClient(visit);
  if (authentication.kind === "refused") return authentication.response;
  const { client } = authentication;
  if (!client.grants.includes("device_code")) {
    return oauthError("unauthorized_client", "the client may not use this grant");
  }
  const scopes = readScopes(visit.form.get("scope"));
  if (scopes === undefined || scopes.length === 0) return oauthError("invalid_scope", "a scope is not known");
  const deviceCode = newToken(visit, "device");
  const userCode = newUserCode(visit);
  visit.state.devices.set(deviceCode, {
    ...{ client, userCode, scopes, intervalSeconds: INTERVAL_SECONDS },
    ...{
      expiresAt: secondsAfter(visit.now, DEVICE_SECONDS),
      polledAt: undefined,
      decision: { kind: "pending" },
    },
  });
  const verificationUri = visit.origin + DEVICE_PAGE_PATH;
  return json(200, {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: verificationUri,
    verification_uri_complete: `${verificationUri}?user_code=${userCode}`,
    expires_in: DEVICE_SECONDS,
    interval: INTERVAL_SECONDS,
  });
}

function newUserCode({ randomBytes }: Visit): string {
  const letters = [...randomBytes(USER_CODE_LENGTH)].map(
    (byte) => USER_CODE_LETTERS[byte % USER_CODE_LETTERS.length],
  );
  return [letters.slice(0, 4).join(""), letters.slice(4).join("")].join("-");
}

/** The page on which a person enters the user code, and with the right one decides (RFC 8628 §3.3). */
export function showDevicePage(visit: Visit): Response {
  const entered = visit.query.get("user_code");
  if (entered === null) return askUserCode(visit);
  const device = [...visit.state.devices.values()].find((each) => plain(each.userCode) === plain(entered));
  if (device?.decision.kind !== "pending" || visit.now >= device.expiresAt) {
    return errorPage(visit, "The code is wrong or has expired.");
  }
  return askConsent(visit, { kind: "device", device });
}

function askUserCode(visit: Visit): Response {
  const form = [
    `<form method="get" action="${DEVICE_PAGE_PATH}">`,
    '<label>Code on your device <input name="user_code" autocomplete="off" required></label>',
    "<div><button>Continue</button></div></form>",
  ].join("");
  return page("Connect a device", form, { status: 200, nonce: newToken(visit, "n"), formTargets: [] });
}

/** People write codes in small letters, and with or without the dash. */
function plain(userCode: string): string {
  return userCode.toUpperCase().replaceAll(/[^A-Z]/g, "");
}

/** A poll of the token endpoint with a device code (RFC 8628 §3.4 and §3.5). */
export function redeemDeviceCode(visit: Visit, client: RegisteredClient): Response {
  const device = visit.state.devices.get(visit.form.get("device_code") ?? "");
  if (device?.client !== client) return oauthError("invalid_grant", "the device code is not known");
  if (visit.now >= device.expiresAt) return oauthError("expired_token", "the device code has expired");
  const pace = paceOf(visit, device);
  device.polledAt = visit.now;
  if (pace === "too_fast") {
    device.intervalSeconds += SLOW_DOWN_SECONDS;
    return oauthError("slow_down", "poll less often");
  }
  const { decision } = device;
  switch (decision.kind) {
    case "pending":
      return oauthError("authorization_pending", "the person has not decided yet");
    case "denied":
      return oauthError("access_denied", "the person said no");
    case "redeemed":
      return oauthError("invalid_grant", "the device code was used before");
    case "allowed":
      device.decision = { kind: "redeemed" };
      return issueTokens(visit, decision.grant, { kind: "new_refresh_token" });
  }
}

function paceOf({ now }: Visit, { polledAt, intervalSeconds }: DeviceAuthorization): "fine" | "too_fast" {
  return polledAt === undefined || now >= secondsAfter(polledAt, intervalSeconds) ? "fine" : "too_fast";
}
