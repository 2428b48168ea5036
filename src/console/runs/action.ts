/** What a page of its own asks about before it is done. */
export type RunAction = "refresh" | "probe" | "recover" | "revoke";

export const RUN_ACTIONS: readonly RunAction[] = ["refresh", "probe", "recover", "revoke"];

interface ActionWords {
  /** A page's title, before the credential's name. */
  readonly title: (name: string) => string;
  /** On the button that does it. */
  readonly button: string;
}

export const ACTION_WORDS: Readonly<Record<RunAction, ActionWords>> = {
  refresh: { title: (name) => `Refresh ${name}`, button: "Refresh now" },
  probe: { title: (name) => `Try the old token of ${name}`, button: "Try it now" },
  recover: { title: (name) => `Recover ${name}`, button: "Recover" },
  revoke: { title: (name) => `Revoke ${name}`, button: "Revoke" },
};

/** What the workflow is started with. */
export function inputsFor(action: RunAction, credential: string): Readonly<Record<string, string>> {
  switch (action) {
    case "refresh":
      // A person who asks means it, due or not.
      return { command: "refresh", credential, force: "true" };
    case "probe":
      return { command: "refresh --probe", credential };
    case "recover":
    case "revoke":
      return { command: action, credential };
  }
}
