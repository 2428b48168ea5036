import { visible } from "../declaration/visible.ts";
import { safeHref } from "../page/href.ts";
import { markedParts } from "../page/marked.ts";
import { placeOf } from "./command-place.ts";

/** Advice as the commands word it, in the words of a page: its commands and addresses lead to where they are. */
export function Hint({ text }: { readonly text: string }) {
  return (
    <>
      {markedParts(text.replaceAll("run the command again", "try again")).map((part) => {
        switch (part.kind) {
          case "command":
            return <Command command={part.text} />;
          case "address":
            return <Address address={part.text} />;
          case "words":
            return part.text;
        }
      })}
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
