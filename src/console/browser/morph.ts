/**
 * Makes `old` like `next` with as few changes as may be, so that what a person is at stays: the focus, what was typed and
 * what was unfolded. Children with an id stay the same elements, wherever they move.
 */
export function morph(old: Element, next: Element): void {
  if (old.isEqualNode(next)) return;
  takeAttributes(old, next);
  const known = new Map([...old.children].filter(({ id }) => id !== "").map((child) => [child.id, child]));
  let place: ChildNode | null = old.firstChild;
  for (const wanted of [...next.childNodes]) {
    const kept = counterpart(wanted, place, known);
    if (kept === undefined) old.insertBefore(wanted, place);
    else {
      if (kept === place) place = place.nextSibling;
      else old.insertBefore(kept, place);
      takeContents(kept, wanted);
    }
  }
  while (place !== null) {
    const after: ChildNode | null = place.nextSibling;
    place.remove();
    place = after;
  }
}

/** The node that may become the wanted one; undefined: it is new. */
function counterpart(
  wanted: ChildNode,
  place: ChildNode | null,
  known: ReadonlyMap<string, Element>,
): ChildNode | undefined {
  if (wanted instanceof Element && wanted.id !== "") {
    const same = known.get(wanted.id);
    return same?.tagName === wanted.tagName ? same : undefined;
  }
  if (place?.nodeName !== wanted.nodeName) return undefined;
  // One with an id waits for its own.
  return place instanceof Element && place.id !== "" ? undefined : place;
}

function takeContents(kept: ChildNode, wanted: ChildNode): void {
  if (kept instanceof Element && wanted instanceof Element) morph(kept, wanted);
  else if (kept.nodeValue !== wanted.nodeValue) kept.nodeValue = wanted.nodeValue;
}

function takeAttributes(old: Element, next: Element): void {
  for (const { name, value } of [...next.attributes])
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes])
    // Whoever unfolded it folds it.
    if (!next.hasAttribute(name) && !(name === "open" && old instanceof HTMLDetailsElement))
      old.removeAttribute(name);
}
