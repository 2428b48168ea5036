/**
 * Elements with `data-live` are brought up to date from the page's own address whenever the console says that something
 * has changed; those that come without it, once what they waited for is over, stay as they are.
 */
export function keepLive(): void {
  if (document.querySelector("[data-live]") === null) return;
  const events = new EventSource("/events");
  let asking: Promise<void> | undefined;
  let again = false;
  const refresh = () => {
    again = asking !== undefined;
    asking ??= update().finally(() => {
      asking = undefined;
      if (again) refresh();
    });
  };
  events.addEventListener("change", refresh);
}

async function update(): Promise<void> {
  if (document.querySelector("[data-live]") === null) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll("[data-live][id]")) {
    const next = fresh.getElementById(old.id);
    if (next !== null && next.innerHTML !== old.innerHTML) old.replaceWith(next);
  }
}
