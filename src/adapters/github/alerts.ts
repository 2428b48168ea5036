import type { Alerts } from "../../ports.ts";

export function createAlerts(): Alerts {
  return { raise: async () => "unchanged", settle: async () => "none" };
}
