import { expect, it } from "vitest";
import { QrCode } from "../../../src/console/authorizing/qr.tsx";

it("the longest address that a provider may give is a QR code", async () => {
  const address = `https://id.example.com/?${"a".repeat(1_976)}`;
  expect(address).toHaveLength(2_000);
  const svg = QrCode({ address, label: "QR code" });
  expect((await svg).toString()).toMatch(/<path fill="#000" d="M4 4h7v1h-7z/);
});
