/** The keywords of JSON Schema (draft 2020-12) that a form is made of. */
export interface JsonSchema {
  readonly $ref?: string | undefined;
  readonly $defs?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly description?: string | undefined;
  readonly examples?: readonly unknown[] | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly const?: unknown;
  readonly enum?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly propertyNames?: JsonSchema | undefined;
  readonly additionalProperties?: boolean | JsonSchema | undefined;
  readonly items?: JsonSchema | undefined;
  readonly allOf?: readonly JsonSchema[] | undefined;
  readonly anyOf?: readonly JsonSchema[] | undefined;
}

/** A schema, the document in which its references are looked up, and the other documents by their files' names. */
export interface Placed {
  readonly schema: JsonSchema;
  readonly root: JsonSchema;
  readonly others: Readonly<Record<string, JsonSchema>>;
}

const LOCAL = "#/$defs/";

/**
 * The schema with what it refers to in it; its own keywords win.
 * @throws Error for a reference that leads nowhere: schemas are our own.
 */
export function resolved({ schema, root, others }: Placed): Placed {
  const { $ref, allOf, ...own } = schema;
  if ($ref === undefined && allOf === undefined) return { schema, root, others };
  const whole = $ref === undefined ? { schema: {}, root, others } : target($ref, { schema, root, others });
  const parts = (allOf ?? []).map((part) => resolved({ schema: part, root, others }).schema);
  const merged = [...parts, own].reduce<JsonSchema>((all, part) => ({ ...all, ...part }), whole.schema);
  return { schema: merged, root: whole.root, others };
}

function target(reference: string, { root, others }: Placed): Placed {
  const isLocal = reference.startsWith(LOCAL);
  const document = isLocal ? root : others[reference];
  const schema = isLocal ? root.$defs?.[reference.slice(LOCAL.length)] : document;
  if (schema === undefined || document === undefined) throw new Error(`${reference} leads nowhere`);
  return resolved({ schema, root: document, others });
}
