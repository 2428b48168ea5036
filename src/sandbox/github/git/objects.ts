import { createHash } from "node:crypto";

export type ObjectType = "blob" | "tree" | "commit";

interface GitObject {
  readonly type: ObjectType;
  readonly bytes: Uint8Array;
}

/** The id that git gives an object: SHA-1 of its type, its length and its bytes. */
export function objectId(type: ObjectType, bytes: Uint8Array): string {
  const header = `${type} ${String(bytes.length)}\0`;
  return createHash("sha1").update(header).update(bytes).digest("hex");
}

/** A repository's objects, by id. */
export class ObjectDatabase {
  readonly #objects = new Map<string, GitObject>();

  write(type: ObjectType, bytes: Uint8Array): string {
    const id = objectId(type, bytes);
    this.#objects.set(id, { type, bytes });
    return id;
  }

  /** The object's bytes; undefined when there is none, or none of this type. */
  read(type: ObjectType, id: string): Uint8Array | undefined {
    const object = this.#objects.get(id);
    return object?.type === type ? object.bytes : undefined;
  }

  typeOf(id: string): ObjectType | undefined {
    return this.#objects.get(id)?.type;
  }
}
