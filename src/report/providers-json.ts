import type { ShownProvider } from "../commands/providers.ts";

/** An entry as the JSON document has it; `provider` is an object of provider.schema.json. */
export function providerJson({ entry }: ShownProvider): object {
  const { declaration, ...rest } = entry;
  return { ...rest, provider: declaration };
}
