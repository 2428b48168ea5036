/** Buttons with `data-more` add an empty row to their list, without sending the form. */
export function addRows(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-more]") : null;
    const list = button?.dataset["more"] ?? "";
    const last = [...document.querySelectorAll<HTMLElement>(`[data-row="${CSS.escape(list)}"]`)].at(-1);
    if (button === null || last === undefined) return;
    event.preventDefault();
    const row = last.cloneNode(true) as HTMLElement;
    renumber(row, list);
    empty(row);
    last.after(row);
    row.querySelector<HTMLElement>("input, select")?.focus();
  });
}

const NAMING = ["id", "name", "for", "value", "aria-describedby", "data-slot", "data-row", "data-more"];

/** Of the row that it is a copy of, it has the number after. */
function renumber(row: HTMLElement, list: string): void {
  const name = row.querySelector("[name]")?.getAttribute("name") ?? "";
  const number = Number.parseInt(name.slice(list.length + 1), 10);
  const from = `${list}/${String(number)}`;
  const to = `${list}/${String(number + 1)}`;
  for (const element of [row, ...row.querySelectorAll("*")])
    for (const attribute of NAMING) {
      const old = element.getAttribute(attribute);
      if (old?.includes(from) === true) element.setAttribute(attribute, old.replaceAll(from, to));
    }
  const legend = row.querySelector("legend");
  if (legend !== null)
    legend.textContent = legend.textContent.replace(/\d+$/, (at) => String(Number(at) + 1));
}

function empty(row: HTMLElement): void {
  for (const slot of row.querySelectorAll("[data-slot]")) slot.replaceChildren();
  for (const field of row.querySelectorAll<HTMLElement>("input, select, fieldset")) {
    field.removeAttribute("aria-invalid");
    if (field instanceof HTMLSelectElement) field.selectedIndex = 0;
    if (!(field instanceof HTMLInputElement)) continue;
    if (field.type === "checkbox") field.checked = false;
    else if (field.type !== "hidden") field.value = "";
  }
  // Of the rows within, one is left.
  for (const inner of row.querySelectorAll("[data-row]")) {
    const list = inner.getAttribute("data-row");
    if (inner.previousElementSibling?.getAttribute("data-row") === list) inner.remove();
  }
}
