import type { PropsWithChildren } from "hono/jsx";
import { faultId, helpId, inputId } from "./shown.ts";
import type { Shown } from "./shown.ts";

interface Named {
  readonly name: string;
}

/** What a field is for. */
export function Help({ name, text }: Named & { readonly text: string }) {
  return text === "" ? null : (
    <p class="help" id={helpId(name)}>
      {text}
    </p>
  );
}

/** Where the faults of a field are told; there while there are none, so that they can come. */
export function FaultSlot({ name, shown }: Named & { readonly shown: Shown }) {
  const faults = shown.faults.get(name) ?? [];
  const warning = shown.warnings.get(name);
  return (
    <div class="field-fault" id={faultId(name)} data-slot={name} aria-live="polite">
      {faults.map(({ message, hint }) => (
        <p>
          <strong>{message}</strong>
          {hint === "" ? "" : `: ${hint}`}
        </p>
      ))}
      {warning === undefined ? null : <p class="warned">{warning}</p>}
    </div>
  );
}

/** A label, and whether the field may be left empty. */
export function Label({
  name,
  need,
  children,
}: PropsWithChildren<Named & { readonly need: "needed" | "optional" }>) {
  return (
    <label for={inputId(name)}>
      {children}
      {need === "optional" ? <span class="optional"> optional</span> : null}
    </label>
  );
}
