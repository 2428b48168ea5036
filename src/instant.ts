/** An instant in a sentence for a person, to the minute: `2027-01-22 19:56 UTC`. */
export function formatInstant(instant: Date): string {
  return `${instant.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
