import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

export type Decoded =
  | { readonly kind: "decoded"; readonly body: Uint8Array }
  | { readonly kind: "failed"; readonly reason: "too_large" | "protocol" };

/** Undoes a content encoding that nobody asked for (RFC 9110 §8.4.1), to at most `maxBytes`. Never throws. */
export function decodeBody(body: Uint8Array, encoding: string, maxBytes: number): Decoded {
  const decompress = decompressorOf(encoding);
  if (decompress === undefined) return { kind: "failed", reason: "protocol" };
  try {
    return { kind: "decoded", body: decompress(body, { maxOutputLength: maxBytes }) };
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    return { kind: "failed", reason: tooLarge ? "too_large" : "protocol" };
  }
}

type Decompress = (body: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array;

function decompressorOf(encoding: string): Decompress | undefined {
  switch (encoding.trim().toLowerCase()) {
    case "":
    case "identity":
      return (body) => body;
    case "gzip":
    case "x-gzip":
      return gunzipSync;
    case "deflate":
      return inflateSync;
    case "br":
      return brotliDecompressSync;
    default:
      return undefined;
  }
}
