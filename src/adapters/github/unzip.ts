import { unzipSync } from "fflate";

/** A box is an envelope, of 48 KB at most, in base64, with its copy for the recovery recipient. */
const MAX_FILE_BYTES = 256 * 1024;
const MAX_ENTRIES = 10_000;
const MAX_FOUND = 8;

/**
 * The texts of a zip's files of this name, in whatever folder. None where it is no zip, or asks for more room or work
 * than boxes need: what a file unpacks to is bounded before it is unpacked.
 */
export function textsInZip(zip: Uint8Array, name: string): readonly string[] {
  let entries = 0;
  let found = 0;
  const wanted = (path: string, bytes: number) => {
    if (path.split("/").at(-1) !== name || bytes > MAX_FILE_BYTES) return false;
    return (found += 1) <= MAX_FOUND;
  };
  try {
    const files = unzipSync(zip, {
      filter({ name: path, size, originalSize }) {
        if ((entries += 1) > MAX_ENTRIES) throw new RangeError("too many files");
        return wanted(path, Math.max(size, originalSize));
      },
    });
    return Object.values(files).map((bytes) => Buffer.from(bytes).toString("utf8"));
  } catch {
    return [];
  }
}
