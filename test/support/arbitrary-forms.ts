import fc from "fast-check";
import type { Field } from "../../src/console/form/field.ts";

type Members = Readonly<Record<string, unknown>>;

const text = fc
  .oneof(
    fc.stringMatching(/^[!-~ä]([ -~ä]{0,8}[!-~ä])?$/),
    fc.constantFrom("true", "1", '"', '"a"', "<script>", "{}"),
  )
  .filter((each) => each === each.trim());
const word = fc.stringMatching(/^[!-+\--~]{1,8}$/);
const key = fc.stringMatching(/^[!-~]{1,8}$/);

/** Any value of these fields: what their schema's patterns would refuse, too. */
export function anyMembers(fields: readonly Field[]): fc.Arbitrary<Members> {
  const members = fields.map((field) =>
    fc.option(anyValue(field), { nil: undefined }).map((value) => [field.key, value]),
  );
  return fc
    .tuple(...members)
    .map((all) => Object.fromEntries(all.filter(([, value]) => value !== undefined)) as Members);
}

function anyValue(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case "fixed":
      return fc.constant(field.value);
    case "text":
      return text;
    case "number":
      return fc.nat();
    case "flag":
      return fc.boolean();
    case "scalar":
      return fc.oneof(text, fc.integer(), fc.boolean());
    case "choice":
      return fc.constantFrom(...field.options.map(({ value }) => value));
    case "texts": {
      const known = field.options.map(({ value }) => value);
      if (known.length > 0) return fc.subarray(known, { minLength: 1 });
      return fc.uniqueArray(word, { minLength: 1, maxLength: 4 });
    }
    case "group":
      return someMembers(field.fields);
    case "map":
      return fc.dictionary(key, anyValue(field.value), { minKeys: 1, maxKeys: 3, noNullPrototype: true });
    case "rows":
      return fc.array(someMembers(field.row.fields), { minLength: 1, maxLength: 3 });
    case "either":
      return fc.oneof(text, someMembers(field.group.fields));
  }
}

function someMembers(fields: readonly Field[]): fc.Arbitrary<Members> {
  return anyMembers(fields).filter((members) => Object.keys(members).length > 0);
}
