import type { Entry } from "../../src/console/form/typed.ts";

/** What a person types who adds an Oura Ring. */
export const OURA: readonly Entry[] = [
  ["form_of", "/add/oura"],
  ["name", "oura"],
  ["grant", "authorization_code"],
  ["client/id", "4c1b7a"],
  ["client_id_again", "4c1b7a"],
  ["client_secret", "a-client-secret"],
  ["scopes", "personal"],
  ["scopes", "daily"],
  ["redirect_uri", "http://localhost:8484/callback"],
];

/** The tag of an input. */
export function fieldOf(page: string, name: string): string {
  return new RegExp(`<[a-z]+ [^>]*id="in:${name}"[^>]*>`).exec(page)?.[0] ?? "";
}

/** What is told of a field. */
export function slotOf(page: string, name: string): string {
  return (
    new RegExp(`<div class="field-fault" id="${name}:fault"[^>]*>(.*?)</div>`, "s").exec(page)?.[1] ?? ""
  );
}

/** What a browser would send of a page's form if nothing was touched. */
export function formIn(page: string): readonly Entry[] {
  const form = /<form class="(?:credential|as-text)".*?<\/form>/s.exec(page)?.[0] ?? "";
  return [...form.matchAll(/<(input|select|textarea)\b([^>]*)>/g)].flatMap(
    ([, tag, attributes = ""]): readonly Entry[] => {
      const { name = "", type, value = "" } = attributesIn(attributes);
      if (name === "" || name === "form_token") return [];
      if (tag === "select") return [[name, chosen(form, name)]];
      if (tag === "textarea")
        return [[name, unescaped(/<textarea[^>]*>\n(.*?)<\/textarea>/s.exec(form)?.[1] ?? "")]];
      const isTicked = /\bchecked\b/.test(attributes);
      return (type === "checkbox" || type === "radio") && !isTicked ? [] : [[name, value]];
    },
  );
}

function chosen(form: string, name: string): string {
  const select = form.split("<select").find((part) => part.includes(` name="${name}"`)) ?? "";
  const options = [...(select.split("</select>")[0] ?? "").matchAll(/<option ([^>]*)>/g)].map(
    ([, all = ""]) => all,
  );
  return (
    attributesIn(options.find((option) => / ?\bselected=""/.test(option)) ?? options[0] ?? "")["value"] ?? ""
  );
}

function attributesIn(tag: string): Readonly<Partial<Record<string, string>>> {
  const pairs = [...tag.matchAll(/([a-z-]+)="([^"]*)"/g)].map(
    ([, key = "", value = ""]) => [key, unescaped(value)] as const,
  );
  return Object.fromEntries(pairs);
}

function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** A form with other entries in it. */
export function changed(form: readonly Entry[], ...entries: readonly Entry[]): readonly Entry[] {
  return [...form.filter(([name]) => entries.every(([other]) => other !== name)), ...entries];
}

/** A credential's file as a person may have written it. */
export const OURA_YAML = `version: 1
name: oura
owner: data@acme.example
provider: oura
grant: authorization_code
client:
  id: 4c1b7a
  secret: OURA_CLIENT_SECRET
scopes: [daily]
redirect_uri: http://localhost:8484/callback
outputs:
  OURA_ACCESS_TOKEN: access_token
# the end
`;
