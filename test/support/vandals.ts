import { Secret } from "../../src/secret.ts";
import { createSealer } from "../../src/stores/sealer.ts";
import { envelopeName } from "./world.ts";
import type { World } from "./world.ts";

/** Somebody deletes the state branch. */
export async function deleteJournal({ sandbox, repository }: World): Promise<void> {
  const { api_url: apiUrl, token } = sandbox.addresses.github;
  const url = `${apiUrl}/repos/${repository}/git/refs/heads/sealring-state`;
  const answer = await fetch(url, { method: "DELETE", headers: { authorization: `Bearer ${token}` } });
  if (answer.status !== 204) throw new Error(`HTTP ${String(answer.status)}`);
}

/** Somebody with write access changes files of the state branch. */
export async function editJournal(world: World, files: Readonly<Record<string, string>>): Promise<void> {
  const { journal } = world.connect();
  await journal.swap(await journal.head(), { message: "by hand", files: new Map(Object.entries(files)) });
}

/** Somebody sets the secret of oura's envelope by hand. */
export async function overwriteEnvelope(world: World, value: string): Promise<void> {
  const sealer = createSealer(world.connect().stores);
  await sealer.sealAndPut(world.store, envelopeName("oura"), new Secret(value));
}
