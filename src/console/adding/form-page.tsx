import type { Child, PropsWithChildren } from "hono/jsx";
import type { Console } from "../console.ts";
import type { Field } from "../form/field.ts";
import { inputName } from "../form/field.ts";
import { FieldView } from "../form/field-view.tsx";
import { isFaulty } from "../form/shown.ts";
import type { Shown } from "../form/shown.ts";
import { FormToken } from "../page.tsx";
import type { Draft } from "./draft.ts";
import type { Intent } from "./form-request.ts";
import { layoutOf, membersOf } from "./layout.ts";
import type { PlacedField } from "./layout.ts";
import type { PlacedFaults } from "./placed-faults.ts";
import { Preview } from "./preview.tsx";
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
        <Questions fields={form.fields} shown={form.shown}>
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

/** Every field in its place; `children` is what is asked of the client beside its id. */
function Questions({ fields, shown, children }: PropsWithChildren<Pick<FormPageProps, "fields" | "shown">>) {
  const layout = layoutOf(fields);
  return (
    <>
      <Part title="What it is" places={layout.about} shown={shown} />
      <Provider place={layout.provider} shown={shown} />
      <Part title="How it is authorized" places={layout.grant} shown={shown} />
      <Part title="Your client" places={layout.client} shown={shown}>
        {children}
      </Part>
      <Part title="What it may read" places={layout.access} shown={shown} />
      <Part title="Where the token goes" places={layout.outputs} shown={shown} />
      <Part title="Keeping it fresh" places={layout.store} shown={shown} />
      <Folded title="More" places={layout.more} shown={shown} />
    </>
  );
}

interface PartProps {
  readonly title: string;
  readonly places: readonly PlacedField[];
  readonly shown: Shown;
  readonly children?: Child;
}

function Part({ title, places, shown, children }: PartProps) {
  return places.length === 0 ? null : (
    <section class="card">
      <h2>{title}</h2>
      {places.map(({ field, name, folding }) => (
        <FieldView field={field} name={name} shown={shown} folding={folding} />
      ))}
      {children}
    </section>
  );
}

function Folded({ title, places, shown }: PartProps) {
  return places.length === 0 ? null : (
    <details class="card" open={places.some(({ name }) => isFaulty(name, shown))}>
      <summary>
        <h2>{title}</h2>
      </summary>
      {places.map(({ field, name }) => (
        <FieldView field={field} name={name} shown={shown} />
      ))}
    </details>
  );
}

const FIRST = ["issuer", "rotation"];

/** Of one that the credential describes itself, first what everybody knows. */
function Provider({ place, shown }: { readonly place: PlacedField | undefined; readonly shown: Shown }) {
  if (place === undefined) return null;
  const { field, name } = place;
  const is = inputName(name, "is");
  if (field.kind !== "either" || shown.typed.one(is) !== "object")
    return <Part title="The provider" places={[place]} shown={shown} />;
  const places = membersOf(field.group, name);
  const isFirst = (each: PlacedField) => FIRST.includes(each.field.key);
  return (
    <>
      <Part title="The provider" places={places.filter(isFirst)} shown={shown}>
        <input type="hidden" name={is} value="object" />
      </Part>
      <Folded
        title="More about the provider"
        places={places.filter((each) => !isFirst(each))}
        shown={shown}
      />
    </>
  );
}
