import type { Child } from "hono/jsx";
import type { Console } from "../console.ts";
import type { Field } from "../form/field.ts";
import type { Shown } from "../form/shown.ts";
import { FormToken } from "../page.tsx";
import type { Draft } from "./draft.ts";
import type { Intent } from "./form-request.ts";
import type { PlacedFaults } from "./placed-faults.ts";
import { Preview } from "./preview.tsx";
import { Questions } from "./questions.tsx";
import { Summary } from "./summary.tsx";

export interface FormPageProps {
  readonly console: Console;
  /** Where the form is sent. */
  readonly address: string;
  readonly fields: readonly Field[];
  readonly shown: Shown;
  /** None as long as nothing was sent. */
  readonly faults: PlacedFaults;
  /** What it was sent for; undefined: nothing yet. */
  readonly intent: Intent | undefined;
  readonly draft: Draft;
  /** The inputs about the client that the file does not have. */
  readonly client: Child;
  /** More hidden inputs. */
  readonly hidden?: Child;
  /** What is said before the questions. */
  readonly before: Child;
  readonly main: MainAction;
  /** Where it leads to leave the form. */
  readonly leave: string;
}

/** The form for a credential, with what its file will be. */
export function CredentialForm({ console, address, draft, client, hidden, before, ...form }: FormPageProps) {
  return (
    <form class="credential" method="post" action={address} autocomplete="off" novalidate data-checked>
      <button type="submit" formaction="/check" hidden>
        Check
      </button>
      <FormToken console={console} />
      <input type="hidden" name="form_of" value={address} />
      {hidden}
      <Summary faults={form.faults} warnings={form.shown.warnings} intent={form.intent} />
      <div class="before">{before}</div>
      <div class="questions">
        <Questions fields={form.fields} shown={form.shown} draft={draft}>
          {client}
        </Questions>
      </div>
      <Preview draft={draft} />
      <FormActions main={form.main} leave={form.leave} />
    </form>
  );
}

/** What most people do next: a new credential is of use when a person has authorized it. */
export type MainAction = "save" | "save_and_authorize";

/** The input that says what comes after saving. */
export const THEN = "then";

/** Save, check, or leave. */
export function FormActions({ main, leave }: Pick<FormPageProps, "main" | "leave">) {
  return (
    <p class="actions">
      {main === "save" ? null : (
        <button type="submit" class="main" name={THEN} value="authorize">
          Save and authorize
        </button>
      )}
      <button type="submit" class={main === "save" ? "main" : undefined}>
        Save
      </button>
      <button type="submit" formaction="/check">
        Check
      </button>
      <a class="button" href={leave} data-closes>
        Cancel
      </a>
    </p>
  );
}
