import { inputName } from "./field.ts";
import type { Field } from "./field.ts";
import type { LeafProps } from "./leaf.tsx";
import { FaultSlot, Help, Label } from "./parts.tsx";
import { described, inputId } from "./shown.ts";

type TextsProps = LeafProps<Extract<Field, { kind: "texts" }>>;

/** Several texts: those that are known are ticked, others are typed. */
export function Texts({ field, name, shown }: TextsProps) {
  if (field.options.length === 0) return <TypedTexts field={field} name={name} shown={shown} />;
  return (
    <fieldset class="field ticks" id={inputId(name)} tabindex={-1} {...described(name, shown, field.help)}>
      <legend>{field.label}</legend>
      <Help name={name} text={field.help} />
      {field.options.map((option, at) => (
        <div class="tick">
          <input
            type="checkbox"
            id={inputId(inputName(name, `tick-${String(at)}`))}
            name={name}
            value={option.value}
            checked={shown.typed.all(name).includes(option.value)}
          />
          <label for={inputId(inputName(name, `tick-${String(at)}`))}>
            <code>{option.value}</code>
            {option.label === option.value ? null : <span class="meaning"> {option.label}</span>}
          </label>
        </div>
      ))}
      {field.others === "typed" ? <Others field={field} name={name} shown={shown} /> : null}
      <FaultSlot name={name} shown={shown} />
    </fieldset>
  );
}

function Others({ name, shown }: TextsProps) {
  const others = inputName(name, "others");
  return (
    <div class="field">
      <label for={inputId(others)}>Others, with spaces between</label>
      <input
        id={inputId(others)}
        name={others}
        value={shown.typed.one(others)}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
      />
    </div>
  );
}

function TypedTexts({ field, name, shown }: TextsProps) {
  return (
    <div class="field">
      <Label name={name} need={field.need}>
        {field.label}
      </Label>
      <Help name={name} text={field.help} />
      <input
        {...described(name, shown, field.help)}
        id={inputId(name)}
        name={inputName(name, "others")}
        value={shown.typed.one(inputName(name, "others"))}
        placeholder={field.placeholder}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
      />
      <FaultSlot name={name} shown={shown} />
    </div>
  );
}
