import type { DeviceAuthorization } from "../oauth/device.ts";
import { Secret } from "../secret.ts";
import type { PendingDevice } from "./device.ts";

interface PendingText extends Omit<DeviceAuthorization, "deviceCode"> {
  readonly deviceCode: string;
  readonly expiresAt: string;
}

/** A user code that waits, as one text. It is a secret: whoever has the device code gets the tokens. */
export function encodePending({ device, expiresAt }: PendingDevice): Secret {
  const text = { ...device, deviceCode: device.deviceCode.reveal(), expiresAt: expiresAt.toISOString() };
  return new Secret(JSON.stringify(text satisfies PendingText));
}

/** Reads what `encodePending` wrote; that nobody else wrote it is the caller's to know. */
export function decodePending(text: Secret): PendingDevice {
  const { deviceCode, expiresAt, ...device } = JSON.parse(text.reveal()) as PendingText;
  return { device: { ...device, deviceCode: new Secret(deviceCode) }, expiresAt: new Date(expiresAt) };
}
