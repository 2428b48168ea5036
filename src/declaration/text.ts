import { Buffer, isUtf8 } from "node:buffer";
import type { Finding } from "./fault.ts";

/** A file's text, and what is wrong with its characters: offsets are into the text. */
export interface Decoded {
  readonly text: string;
  readonly problem: (Finding & { readonly offset: number }) | undefined;
}

/** Not allowed by YAML 1.2 §5.1, and the marks that make a reviewer read another text than the parser. */
const FORBIDDEN =
  // eslint-disable-next-line no-control-regex -- these are what it looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0085\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)/u;

/** Line ends to browsers and some editors, not to the parser. */
const LINE_END = /[\r\u0085\u2028\u2029]/u;

/** Reads bytes as UTF-8 text without a byte order mark. */
export function decode(bytes: Uint8Array): Decoded {
  const decoded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  const text = decoded.startsWith("\ufeff") ? decoded.slice(1) : decoded;
  return { text, problem: isUtf8(bytes) ? forbiddenIn(text) : notUtf8(bytes, text) };
}

function notUtf8(bytes: Uint8Array, text: string): Decoded["problem"] {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return {
    rule: "encoding",
    message: wide ? "this file is UTF-16, not UTF-8" : "this is not UTF-8",
    hint: "save the file as UTF-8",
    offset: Math.max(0, text.indexOf("\ufffd")),
  };
}

function forbiddenIn(text: string): Decoded["problem"] {
  const offset = text.search(FORBIDDEN);
  if (offset === -1) return undefined;
  const code = (text.codePointAt(offset) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return {
    rule: "encoding",
    message: `the invisible character U+${code} is here`,
    hint: LINE_END.test(text.charAt(offset))
      ? "remove it, or write a line feed there if a line ends"
      : "remove it; in a quoted string it can be written as an escape",
    offset,
  };
}
