import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

export type Decoded =
  | { readonly kind: "decoded"; readonly body: Uint8Array }
  | { readonly kind: "failed"; readonly reason: "too_large" | "protocol" };

/**
 * Undoes a content encoding that nobody asked for (RFC 9110 §8.4.1), and gzip that no header names, to at most
 * `maxBytes`. Never throws.
 */
export function decodeBody(body: Uint8Array, encoding: string, maxBytes: number): Decoded {
  return undo(body, encoding, { maxOutputLength: maxBytes });
}

/** What can be had of a body that broke off, or that its header belies: as it came, where nothing can be undone. */
export function decodePartial(body: Uint8Array, encoding: string, maxBytes: number): Uint8Array {
  const isBrotli = nameOf(body, encoding) === "br";
  const finishFlush = isBrotli ? constants.BROTLI_OPERATION_FLUSH : constants.Z_SYNC_FLUSH;
  const decoded = undo(body, encoding, { maxOutputLength: maxBytes, finishFlush });
  return decoded.kind === "decoded" && decoded.body.length > 0 ? decoded.body : body;
}

interface Options {
  readonly maxOutputLength: number;
  readonly finishFlush?: number;
}

function undo(body: Uint8Array, encoding: string, options: Options): Decoded {
  const decompress = decompressorOf(body, encoding);
  if (decompress === undefined) return { kind: "failed", reason: "protocol" };
  try {
    return { kind: "decoded", body: decompress(body, options) };
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    return { kind: "failed", reason: tooLarge ? "too_large" : "protocol" };
  }
}

function decompressorOf(
  body: Uint8Array,
  encoding: string,
): ((body: Uint8Array, options: Options) => Uint8Array) | undefined {
  switch (nameOf(body, encoding)) {
    case "":
    case "identity":
      return (plain) => plain;
    case "gzip":
    case "x-gzip":
      return gunzipSync;
    case "deflate":
      return hasZlibHeader(body) ? inflateSync : inflateRawSync;
    case "br":
      return brotliDecompressSync;
    default:
      return undefined;
  }
}

/** No text begins with gzip's magic number (RFC 1952 §2.3.1): a cache has lost the header on the way. */
function nameOf(body: Uint8Array, encoding: string): string {
  const name = encoding.trim().toLowerCase();
  return name === "" && body[0] === 0x1f && body[1] === 0x8b ? "gzip" : name;
}

/** Some servers leave it out, against RFC 9110 §8.4.1.2. */
function hasZlibHeader([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
