type Change = (data: string) => string;

/** What is to become of a page's data, as it is before it is escaped. */
export interface Changes {
  /** Of what people read, or typed. */
  readonly read: Change;
  /** Of what browser and console use: names of fields, addresses, values that nobody types. */
  readonly used: Change;
}

/**
 * Changes the data of a page, and nothing of its markup nor the forms' token. For pages as JSX writes them: attributes stand in
 * double quotes, and what is escaped is escaped as there.
 */
export function changeData(html: string, changes: Changes): string {
  return html.replace(/<[^>]*>|[^<]+/g, (part) =>
    part.startsWith("<") ? changeTag(part, changes) : changed(part, changes.read),
  );
}

const READ: readonly string[] = [
  "title",
  "placeholder",
  "alt",
  "aria-label",
  "data-copy",
  "data-tell",
  "data-find",
];

/** Elements whose values nobody types. */
const CHOSEN = /^<(?:option|button)\b|^<input\b[^>]* type="(?:hidden|checkbox|radio)"/;

function changeTag(tag: string, { read, used }: Changes): string {
  if (tag.includes(' name="form_token"')) return tag;
  return tag.replace(/ ([^\s="]+)="([^"]*)"/g, (_, name: string, value: string) => {
    const isRead = READ.includes(name) || (name === "value" && !CHOSEN.test(tag));
    return ` ${name}="${changed(value, isRead ? read : used)}"`;
  });
}

function changed(text: string, change: Change): string {
  const data = unescaped(text);
  const after = change(data);
  return after === data ? text : escaped(after);
}

const ENTITIES = [
  ["&quot;", '"'],
  ["&#39;", "'"],
  ["&lt;", "<"],
  ["&gt;", ">"],
] as const;

function unescaped(text: string): string {
  const most = ENTITIES.reduce((data, [entity, character]) => data.replaceAll(entity, character), text);
  return most.replaceAll("&amp;", "&");
}

function escaped(data: string): string {
  const first = data.replaceAll("&", "&amp;");
  return ENTITIES.reduce((text, [entity, character]) => text.replaceAll(character, entity), first);
}
