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
}

/** The form for a credential, with what its file will be. */
export function CredentialForm({ console, address, draft, client, hidden, ...form }: FormPageProps) {
  return (
    <form class="credential" method="post" action={address} autocomplete="off" novalidate data-checked>
      <button type="submit" formaction="/check" hidden>
        Check
      </button>
      <FormToken console={console} />
      <input type="hidden" name="form_of" value={address} />
      {hidden}
      <div class="questions">
        <Summary faults={form.faults} intent={form.intent} />
        <Questions fields={form.fields} shown={form.shown} draft={draft}>
          {client}
        </Questions>
      </div>
      <Preview draft={draft} />
      <FormActions />
    </form>
  );
}

/** Save, check, or leave. */
export function FormActions() {
  return (
    <p class="actions">
      <button type="submit" class="main">
        Save
      </button>
      <button type="submit" formaction="/check">
        Check
      </button>
      <a class="button" href="/" data-closes>
        Cancel
      </a>
    </p>
  );
}
