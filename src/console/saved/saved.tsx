import type { Child } from "hono/jsx";
import { statusOf } from "../../commands/status.ts";
import { CREDENTIAL_NAME } from "../../declaration/credential.ts";
import { SealringError } from "../../errors.ts";
import { secretWords } from "../../report/add.ts";
import type { Console } from "../console.ts";
import { readDeclarations, soundPart } from "../declarations.ts";
import { commitPart } from "./commit-part.tsx";
import type { CommitPart } from "./commit-part.tsx";
import { offerOf } from "./offer.ts";
import { Stage } from "./stage.tsx";
import type { At } from "./stage.tsx";

const MAX_BYTES = 256 * 1_024;

/** What is shown after a credential's file was written; undefined: there is no such file. */
export async function savedBody(console: Console, name: string): Promise<Child | undefined> {
  const saved = savedFile(console, name);
  if (saved === undefined) return undefined;
  const { part, left } = await commitPart(console, await offerOf(console), {
    message: `Declare the credential ${name}`,
    branch: `sealring/${name}`,
    back: `/credentials/${name}/saved`,
  });
  const secret = console.savedSecrets.get(name);
  const stages = stagesOf({ left, secret, authorize: await authorizing(console, name) });
  return (
    <ol class="stages">
      <Stage title="Save it" stage="done">
        <Saved {...saved} secret={secret} />
      </Stage>
      <Stage title="Commit and push it" stage={stages.commit}>
        {part}
      </Stage>
      <Stage title="Plan and apply" stage={stages.plan}>
        <Plan stage={stages.plan} />
      </Stage>
      <Stage title="Authorize" stage={stages.authorize}>
        <Authorize name={name} stage={stages.authorize} />
      </Stage>
    </ol>
  );
}

interface SavedFile {
  readonly path: string;
  readonly text: string;
}

function savedFile({ ports: { files } }: Console, name: string): SavedFile | undefined {
  if (!CREDENTIAL_NAME.test(name)) return undefined;
  for (const path of [`credentials/${name}.yaml`, `credentials/${name}.yml`]) {
    const read = files.read(path, MAX_BYTES);
    if (read.kind === "bytes") return { path, text: new TextDecoder().decode(read.bytes) };
  }
  return undefined;
}

function Saved({ path, text, secret }: SavedFile & { readonly secret: SavedSecret }) {
  const words = secret && secretWords(secret);
  return (
    <>
      <details>
        <summary>
          <code>{path}</code>
        </summary>
        <pre>{text}</pre>
      </details>
      {words === undefined ? null : <p>{words}</p>}
    </>
  );
}

type SavedSecret = ReturnType<Console["savedSecrets"]["get"]>;

type Authorizing = "open" | "done";

async function authorizing({ ports }: Console, name: string): Promise<Authorizing> {
  const declarations = readDeclarations(ports);
  const own = declarations.credentials.filter((credential) => credential.name === name);
  try {
    const [result] = await statusOf(ports, soundPart(declarations), own);
    const isOpen = ["never_authorized", "needs_person", "revoked", undefined].includes(result?.health);
    return isOpen ? "open" : "done";
  } catch (error) {
    // GitHub that cannot be asked is no reason to show less.
    if (error instanceof SealringError) return "open";
    throw error;
  }
}

interface Known {
  readonly left: CommitPart["left"];
  readonly secret: SavedSecret;
  readonly authorize: Authorizing;
}

/** What GitHub lacks is known by the plan alone; but where a secret was just sealed, the environment is there. */
function stagesOf({ left, secret, authorize }: Known): Readonly<Record<"commit" | "plan" | "authorize", At>> {
  const commit = left === "nothing" ? "done" : "next";
  const free: At = commit === "done" ? "next" : "later";
  if (authorize === "done") return { commit, plan: free, authorize: "done" };
  const isReady = secret?.kind === "sealed";
  return { commit, plan: isReady ? "later" : free, authorize: isReady ? free : "later" };
}

function Plan({ stage }: { readonly stage: At }) {
  return (
    <p>
      <a class={stage === "next" ? "button main" : "button"} href="/plan">
        Plan and apply
      </a>{" "}
      makes the environment and the workflow that keep the tokens fresh. Whether they are there already, the
      plan says.
    </p>
  );
}

function Authorize({ name, stage }: { readonly name: string; readonly stage: At }) {
  return (
    <p>
      <a class={stage === "next" ? "button main" : "button"} href={`/credentials/${name}/authorize`}>
        Authorize
      </a>{" "}
      {stage === "done"
        ? "is done. Again, where client, scopes or provider are others now."
        : "once, as the account's owner."}
    </p>
  );
}
