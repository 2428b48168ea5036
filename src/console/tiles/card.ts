import type { Fault } from "../../declaration/fault.ts";
import type { TileState } from "../../page/state.ts";
import type { Tile } from "../../page/tile.ts";
import { isAmendable } from "../adding/old-file.ts";
import type { ConsolePorts } from "../console.ts";
import type { Operation } from "../operation.ts";

interface Common {
  /** Of its element: stays the same while its file has its name. */
  readonly id: string;
  readonly name: string;
  readonly state: TileState;
  /** undefined: its file does not say. */
  readonly provider: string | undefined;
  /** What a search looks through, in small letters. */
  readonly find: string;
}

/** One place on the first page: a credential, or a file that cannot be read as one. */
export type Card =
  | (Common & {
      readonly kind: "credential";
      readonly tile: Tile;
      /** What this console is doing for it. */
      readonly running: Operation | undefined;
    })
  | (Common & {
      readonly kind: "faulty";
      readonly file: string;
      /** The name under which it can be edited here; undefined: it has to be repaired by hand. */
      readonly editable: string | undefined;
      readonly faults: readonly Fault[];
    });

/** While this console works for it, it is busy, whatever the journal says yet. */
export function credentialCard(read: Tile, running: Operation | undefined): Card {
  const tile: Tile = running === undefined ? read : { ...read, state: "busy", next: [] };
  const { name, provider, owner, description, outputs, state } = tile;
  const secrets = new Set(outputs.map(({ secretName }) => secretName));
  const words = [name, provider, owner, description, ...secrets].filter((word) => word !== undefined);
  const find = words.join(" ").toLowerCase();
  return { kind: "credential", id: `tile-${name}`, name, state, provider, find, tile, running };
}

const CREDENTIAL_FILE = /^credentials\/([a-z0-9-]{1,64})\.yaml$/;

export function faultyCard(ports: ConsolePorts, file: string, faults: readonly Fault[]): Card {
  const own = CREDENTIAL_FILE.exec(file)?.[1];
  const editable = own !== undefined && isAmendable({ ports }, own) ? own : undefined;
  const name = own ?? file;
  return {
    ...{ kind: "faulty", id: `tile-${name.replaceAll(/[^\w.-]/g, "_")}`, name, state: "faulty" },
    ...{ provider: undefined, find: name.toLowerCase(), file, editable, faults },
  };
}
