import { appendFile, stat } from "node:fs/promises";
import type { RandomBytes } from "../ports.ts";

/** GitHub takes no more of a step's summary, and then none of it (docs.github.com, "Workflow commands", job summaries). */
const MAX_SUMMARY_BYTES = 1024 * 1024;

/** Appends to a step's summary; what would not fit any more is left out whole. Rejects where the file takes nothing. */
export async function appendSummary(path: string, markdown: string): Promise<void> {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  const text = `${markdown}\n`;
  if (size + Buffer.byteLength(text) <= MAX_SUMMARY_BYTES) await appendFile(path, text);
}

/**
 * Sets outputs of a step, each between delimiters that no value can know (docs.github.com, "Workflow commands", multiline
 * strings). Rejects where the file takes nothing.
 */
export async function appendOutputs(
  path: string,
  values: Readonly<Record<string, string>>,
  random: RandomBytes,
): Promise<void> {
  const delimiter = `sealring_${Buffer.from(random(16)).toString("hex")}`;
  const lines = Object.entries(values).map(
    ([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`,
  );
  await appendFile(path, lines.join(""));
}
