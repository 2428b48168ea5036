import type { NewFile } from "../../adding/document.ts";
import { sealClientSecret } from "../../commands/add-secret.ts";
import type { Credential } from "../../declaration/credential.ts";
import type { Secret } from "../../secret.ts";
import { keepTyped } from "../authorizing/sending.ts";
import type { Console } from "../console.ts";
import { readDeclarations } from "../declarations.ts";
import type { Teller } from "../operations.ts";

export interface Saving {
  readonly file: NewFile;
  readonly credential: Credential;
  /** undefined: none was typed. */
  readonly secret: Secret | undefined;
  /** An edited one has its client secret already. */
  readonly kind: "new" | "edit";
  /** The credential's page that comes after it. */
  readonly then: "saved" | "authorize";
}

/** Writes a credential's file, and seals the client secret that came with it. Gives where the browser goes then. */
export async function save(
  console: Console,
  { file, credential, secret, kind, then }: Saving,
): Promise<Response> {
  const { name, client } = credential;
  if (kind === "edit") remember(console, name);
  await console.ports.tree.write(file.path, new TextEncoder().encode(file.text));
  console.live.tell("files");
  // Kept, so that whoever authorizes next is not asked again.
  if (secret !== undefined) keepTyped(console, credential, secret);
  // Of a file that was there, somebody else may have written to whom it goes: the next authorization asks.
  if (secret !== undefined && kind === "edit") console.typedFor.delete(secret);
  console.savedSecrets.delete(name);
  if (kind === "new" || secret !== undefined) {
    const ports = console.workPorts(QUIET);
    const outcome = await sealClientSecret(ports, { name, secretName: client.secretName }, secret);
    console.savedSecrets.set(name, outcome);
  }
  return new Response(null, { status: 303, headers: { location: `/credentials/${name}/${then}` } });
}

/** What was authorized before an edit was authorized for what stood there. */
function remember({ ports, edits }: Console, name: string): void {
  const { project, credentials } = readDeclarations(ports);
  const credential = credentials.find((each) => each.name === name);
  if (credential === undefined) return;
  edits.set(name, [...(edits.get(name) ?? []), { until: ports.clock.now(), credential, project }]);
}

const nothing = () => undefined;
/** It takes a second, and the page after it says what became of it. */
const QUIET: Teller = { say: nothing, invite: nothing, watchAt: nothing };
