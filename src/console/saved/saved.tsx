import type { Child } from "hono/jsx";
import { CREDENTIAL_NAME } from "../../declaration/credential.ts";
import { secretWords } from "../../report/add.ts";
import type { Console } from "../console.ts";
import { leftToApply } from "./applied.ts";
import { authorizationOf } from "./authorization.ts";
import type { Authorization } from "./authorization.ts";
import { commitPart } from "./commit-part.tsx";
import { OF_WORKFLOW } from "./commit-part.tsx";
import type { CommitPart, Suggested } from "./commit-part.tsx";
import { offerOf } from "./offer.ts";
import type { Offer } from "./offer.ts";
import { Outdated } from "./outdated.tsx";
import { Stage } from "./stage.tsx";
import type { At } from "./stage.tsx";

const MAX_BYTES = 256 * 1_024;

/** What is shown after a credential's file was written; undefined: there is no such file. */
export async function savedBody(console: Console, name: string): Promise<Child | undefined> {
  const saved = savedFile(console, name);
  if (saved === undefined) return undefined;
  const offer = await offerOf(console);
  const { part, left } = await commitPart(console, offer, suggestionFor(name, offer, saved));
  const secret = console.savedSecrets.get(name);
  const [authorization, toApply] = await Promise.all([authorizationOf(console, name), leftToApply(console)]);
  const stages = stagesOf({ left, secret, authorization, toApply });
  return (
    <ol class="stages">
      <Stage title="Save it" stage="done">
        <Saved {...saved} secret={secret} />
      </Stage>
      <Stage title="Commit it, and push" stage={stages.commit}>
        {part}
      </Stage>
      <Stage title="Plan and apply" stage={stages.plan}>
        <Plan stage={stages.plan} />
      </Stage>
      <Stage title="Authorize" stage={stages.authorize}>
        <Authorize name={name} stage={stages.authorize} authorization={authorization} />
      </Stage>
    </ol>
  );
}

/** What is committed may be no more than what an apply has written since. */
function suggestionFor(name: string, { choices }: Offer, { path }: SavedFile): Suggested {
  const back = `/credentials/${name}/saved`;
  const own = choices.find((choice) => choice.path === path);
  if (own === undefined) return { ...OF_WORKFLOW, back };
  const message = own.is === "new" ? `Declare the credential ${name}` : `Change ${name}`;
  return { message, branch: `sealring/${name}`, back };
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

interface Known {
  readonly left: CommitPart["left"];
  readonly secret: SavedSecret;
  readonly authorization: Authorization;
  readonly toApply: "nothing" | "something";
}

type Stages = Readonly<Record<"commit" | "plan" | "authorize", At>>;

/** Without its environment nothing is authorized: it is there where a secret was just sealed, or a grant is. */
function stagesOf({ left, secret, authorization, toApply }: Known): Stages {
  const commit = left === "nothing" ? "done" : "next";
  const free: At = commit === "done" ? "next" : "later";
  if (authorization.kind === "holds")
    return { commit, plan: toApply === "nothing" ? "done" : free, authorize: "done" };
  if (toApply === "nothing") return { commit, plan: "done", authorize: free };
  const isReady = secret?.kind === "sealed" || authorization.kind === "outdated";
  return { commit, plan: isReady ? "later" : free, authorize: isReady ? free : "later" };
}

function Plan({ stage }: { readonly stage: At }) {
  if (stage === "done")
    return (
      <p>
        The environment and the workflow that keep the tokens fresh are as declared.{" "}
        <a href="/plan">Look at the plan</a>
      </p>
    );
  return (
    <p>
      <a class={stage === "next" ? "button main" : "button"} href="/plan">
        Plan and apply
      </a>{" "}
      makes the environment and the workflow that keep the tokens fresh.
    </p>
  );
}

interface AuthorizeProps {
  readonly name: string;
  readonly stage: At;
  readonly authorization: Authorization;
}

function Authorize({ name, stage, authorization }: AuthorizeProps) {
  return (
    <>
      {authorization.kind === "outdated" ? <Outdated {...authorization} /> : null}
      <p>
        <a class={stage === "next" ? "button main" : "button"} href={`/credentials/${name}/authorize`}>
          {authorization.kind === "none" ? "Authorize" : "Authorize again"}
        </a>{" "}
        {stage === "done"
          ? "is not needed: what was authorized is what is declared."
          : "by the account's owner."}
      </p>
    </>
  );
}
