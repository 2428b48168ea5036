/** A form that came back with what stands against saving it begins with that: focus goes there. */
export function leadToFaults(): void {
  document.querySelector<HTMLElement>("[data-refused]")?.focus();
}
