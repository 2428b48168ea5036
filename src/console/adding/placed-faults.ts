import { pathOf } from "../../adding/place.ts";
import type { NewFile } from "../../adding/document.ts";
import type { Fault } from "../../declaration/fault.ts";
import { SPREAD } from "./layout.ts";
import { placeKey } from "../form/read.ts";
import type { Reading } from "../form/read.ts";
import type { FieldFault } from "../form/shown.ts";

/** Faults beside the inputs that they are about, and those that are about none. */
export interface PlacedFaults {
  readonly byName: ReadonlyMap<string, readonly FieldFault[]>;
  readonly elsewhere: readonly FieldFault[];
}

/** What the loader says of a file, and what was wrong before there was one. */
export function placeFaults(
  file: NewFile,
  faults: readonly Fault[],
  { places, problems }: Pick<Reading, "places" | "problems">,
): PlacedFaults {
  const byName = new Map<string, FieldFault[]>();
  const elsewhere: FieldFault[] = [];
  const put = (name: string | undefined, { message, hint }: FieldFault) => {
    if (name === undefined) elsewhere.push({ message, hint });
    else byName.set(name, [...(byName.get(name) ?? []), { message, hint }]);
  };
  for (const { name, ...problem } of problems) put(name, problem);
  for (const fault of faults) put(nameAt(pathOf(file, fault), places), fault);
  return { byName, elsewhere };
}

/** The input of a member, or of the closest one around it. */
function nameAt(path: readonly (string | number)[], places: ReadonlyMap<string, string>): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const name = places.get(placeKey(path.slice(0, length)));
    if (name !== undefined && !isSpread(name, places)) return name;
  }
  return undefined;
}

/** Whether its members stand on the page, and not itself: an inline provider's do, too. */
function isSpread(name: string, places: ReadonlyMap<string, string>): boolean {
  return SPREAD.has(name) || (name === "provider" && places.has(placeKey(["provider", "issuer"])));
}

/** Of a form that nobody has sent yet. */
export const NO_FAULTS: PlacedFaults = { byName: new Map(), elsewhere: [] };
