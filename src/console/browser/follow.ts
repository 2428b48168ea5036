/**
 * Goes where the person has just asked to be taken, once: the address of this page is the one without that wish before the
 * page is left, so that coming back to it shows the page.
 */
export function followOnce(): void {
  if (!new URLSearchParams(location.search).has("follow")) return;
  const go = (): boolean => {
    const link = document.querySelector<HTMLAnchorElement>("a[data-follow]");
    if (link === null) return false;
    history.replaceState(null, "", location.pathname);
    link.click();
    return true;
  };
  if (go()) return;
  const watcher = new MutationObserver(() => {
    if (go()) watcher.disconnect();
  });
  watcher.observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-follow"] });
}
