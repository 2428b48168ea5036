const SECONDS_OF_UNIT = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

const DURATION = /^([1-9][0-9]{0,5})([smhd])$/;

/** Reads `90s`, `5m`, `8h` or `30d` as seconds; undefined when it is none of these. */
export function parseDurationSeconds(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * SECONDS_OF_UNIT[match[2] as keyof typeof SECONDS_OF_UNIT];
}

/** A length of time as a person says it, in its two largest units: `29d 23h`, `8h`, `45s`. */
export function formatDuration(totalSeconds: number): string {
  const parts: string[] = [];
  let rest = Math.max(0, Math.round(totalSeconds));
  for (const unit of ["d", "h", "m", "s"] as const) {
    const count = Math.floor(rest / SECONDS_OF_UNIT[unit]);
    rest -= count * SECONDS_OF_UNIT[unit];
    if (count > 0) parts.push(`${String(count)}${unit}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(" ") || "0s";
}
