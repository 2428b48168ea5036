import type { Child } from "hono/jsx";
import { status } from "../../commands/status.ts";
import { SealringError } from "../../errors.ts";
import { secretWords } from "../../report/add.ts";
import type { Console } from "../console.ts";
import { commitPart } from "./commit-part.tsx";

const MAX_BYTES = 256 * 1_024;

/** What is shown after a credential's file was written; undefined: there is no such file. */
export async function savedBody(console: Console, name: string): Promise<Child | undefined> {
  const saved = savedFile(console, name);
  if (saved === undefined) return undefined;
  const commit = await commitPart(console, {
    message: `Declare the credential ${name}`,
    branch: `sealring/${name}`,
    back: `/credentials/${name}/saved`,
  });
  return (
    <>
      <Saved {...saved} secret={console.savedSecrets.get(name)} />
      <section class="card">
        <h2>Commit it</h2>
        {commit}
      </section>
      <Next name={name} authorize={await authorizing(console, name)} />
    </>
  );
}

interface SavedFile {
  readonly path: string;
  readonly text: string;
}

function savedFile({ ports: { files } }: Console, name: string): SavedFile | undefined {
  if (!/^[a-z0-9-]{1,64}$/.test(name)) return undefined;
  for (const path of [`credentials/${name}.yaml`, `credentials/${name}.yml`]) {
    const read = files.read(path, MAX_BYTES);
    if (read.kind === "bytes") return { path, text: new TextDecoder().decode(read.bytes) };
  }
  return undefined;
}

function Saved({ path, text, secret }: SavedFile & { readonly secret: SavedSecret }) {
  const words = secret && secretWords(secret);
  return (
    <section class="card">
      <h2>What was saved</h2>
      <details>
        <summary>
          <code>{path}</code>
        </summary>
        <pre>{text}</pre>
      </details>
      {words === undefined ? null : <p>{words}</p>}
    </section>
  );
}

type SavedSecret = ReturnType<Console["savedSecrets"]["get"]>;

type Authorizing = "asked" | "done" | "not_known";

async function authorizing({ ports }: Console, name: string): Promise<Authorizing> {
  try {
    const [result] = (await status(ports, { names: [name], mode: "show" })).results;
    if (result === undefined) return "not_known";
    return ["never_authorized", "needs_person", "revoked"].includes(result.health) ? "asked" : "done";
  } catch (error) {
    // GitHub that cannot be asked is no reason to show less.
    if (error instanceof SealringError) return "not_known";
    throw error;
  }
}

function Next({ name, authorize }: { readonly name: string; readonly authorize: Authorizing }) {
  return (
    <section class="card">
      <h2>What comes next</h2>
      <ol class="steps">
        <li>
          <a class="button" href="/plan">
            Plan and apply
          </a>{" "}
          makes the environment and the workflow that keep the tokens fresh.
        </li>
        <li>
          <a class={authorize === "done" ? "button" : "button main"} href={`/credentials/${name}/authorize`}>
            Authorize
          </a>{" "}
          {authorize === "done"
            ? "is done. Again, where client, scopes or provider are others now."
            : "once, as the account's owner."}
        </li>
        <li>Commit and push: runs read the default branch on GitHub.</li>
      </ol>
    </section>
  );
}
