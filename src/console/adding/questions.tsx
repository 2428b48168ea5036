import type { Child, PropsWithChildren } from "hono/jsx";
import type { Field } from "../form/field.ts";
import { inputName } from "../form/field.ts";
import { FieldView } from "../form/field-view.tsx";
import { isFaulty } from "../form/shown.ts";
import type { Shown } from "../form/shown.ts";
import type { Draft } from "./draft.ts";
import { standsIn } from "./stands.ts";
import { layoutOf, membersOf } from "./layout.ts";
import type { PlacedField } from "./layout.ts";

interface QuestionsProps {
  readonly fields: readonly Field[];
  readonly shown: Shown;
  readonly draft: Draft;
}

/**
 * Every field in its place: open what only a person knows, folded what usually stays as it is. `children` is what is asked
 * of the client beside its id.
 */
export function Questions({ fields, shown, draft, children }: PropsWithChildren<QuestionsProps>) {
  const layout = layoutOf(fields);
  const stands = standsIn(draft);
  const Grant = isInline(layout.provider, shown) ? Part : Folded;
  return (
    <>
      <Part title="What it is" places={layout.about} shown={shown} />
      <Provider place={layout.provider} shown={shown} />
      <Part title="The account" places={layout.account} shown={shown} />
      <Part title="Your client" places={layout.client} shown={shown}>
        {children}
      </Part>
      <Part title="What it may read" places={layout.access} shown={shown} />
      <Grant title="How it is authorized" stands={stands.grant} places={layout.grant} shown={shown} />
      <Folded title="Where the token goes" stands={stands.outputs} places={layout.outputs} shown={shown} />
      <Folded title="Keeping it fresh" stands={stands.store} places={layout.store} shown={shown} />
      <Folded title="More" stands="What few need." places={layout.more} shown={shown} />
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

/** `stands`: what holds as long as nobody opens it. */
function Folded({ title, stands, places, shown }: PartProps & { readonly stands: string }) {
  const [first] = places;
  return first === undefined ? null : (
    <details class="card" open={places.some(({ name }) => isFaulty(name, shown) || isLonger(name, shown))}>
      <summary>
        <h2>{title}</h2>
        <span class="stands" id={`stands:${first.name}`} data-slot="">
          {stands}
        </span>
      </summary>
      {places.map(({ field, name, folding }) => (
        <FieldView field={field} name={name} shown={shown} folding={folding} />
      ))}
    </details>
  );
}

/** Whether another row was asked for, of a list at this name or below it. */
function isLonger(name: string, { more }: Shown): boolean {
  return more !== undefined && (more === name || more.startsWith(`${name}/`));
}

function isInline(place: PlacedField | undefined, { typed }: Shown): boolean {
  return place?.field.kind === "either" && typed.one(inputName(place.name, "is")) === "object";
}

const FIRST = ["issuer", "rotation"];

/** Of one that the credential describes itself, first what everybody knows. */
function Provider({ place, shown }: { readonly place: PlacedField | undefined; readonly shown: Shown }) {
  if (place === undefined) return null;
  const { field, name } = place;
  const is = inputName(name, "is");
  if (field.kind !== "either" || !isInline(place, shown))
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
        stands="Where it departs from what it publishes of itself."
        places={places.filter((each) => !isFirst(each))}
        shown={shown}
      />
    </>
  );
}
