import { visible } from "../declaration/visible.ts";
import { safeHref } from "../page/href.ts";
import { placeOf } from "./command-place.ts";

/** A command after a colon, up to the end of its clause; or an address. */
const MARKED =
  /(?:(?<=run: )|(?<=: )(?=(?:sealring|gh|git|sudo|GH_HOST=\S+) ))(?<command>.+?)(?=$|[,;] | \()|(?<address>https?:\/\/[^\s,;()"']+[^\s,;()"'.])/g;

/** Advice as the commands word it: its commands and addresses can be told from its words, and lead to where they are. */
export function Hint({ text }: { readonly text: string }) {
  const parts = [];
  let end = 0;
  const shown = visible(text);
  for (const match of shown.matchAll(MARKED)) {
    parts.push(shown.slice(end, match.index));
    const { command, address = "" } = match.groups ?? {};
    parts.push(command === undefined ? <Address address={address} /> : <Command command={command} />);
    end = match.index + match[0].length;
  }
  return (
    <>
      {parts}
      {shown.slice(end)}
    </>
  );
}

function Address({ address }: { readonly address: string }) {
  const href = safeHref(address);
  return href === undefined ? <>{address}</> : <a href={href}>{address}</a>;
}

/** A command, which is a link where a page of the console does the same. */
export function Command({ command }: { readonly command: string }) {
  const place = placeOf(command);
  const code = <code>{visible(command)}</code>;
  return place === undefined ? code : <a href={place}>{code}</a>;
}
