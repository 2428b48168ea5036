const MOST_SAID = 3;

/** What elements with `data-tell` say of themselves, by their ids. */
export function tellings(): ReadonlyMap<string, string> {
  const told = [...document.querySelectorAll<HTMLElement>("[data-tell][id]")];
  return new Map(told.map(({ id, dataset }) => [id, dataset["tell"] ?? ""]));
}

/** Says aloud, when nothing else is being said, which of them now say something else. */
export function announce(before: ReadonlyMap<string, string>): void {
  const changed = [...tellings()].filter(([id, said]) => before.get(id) !== said).map(([, said]) => said);
  if (changed.length === 0) return;
  const rest = changed.length - MOST_SAID;
  const said = changed.slice(0, MOST_SAID).join(". ");
  region().textContent = rest > 0 ? `${said}, and ${String(rest)} more` : said;
}

/** A status that only readers of the screen get, made when it is first wanted. */
function region(): Element {
  const known = document.getElementById("announced");
  if (known !== null) return known;
  const made = document.createElement("p");
  made.id = "announced";
  made.className = "for-readers";
  made.setAttribute("role", "status");
  document.body.append(made);
  return made;
}
