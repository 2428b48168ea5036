import type { Context, Hono } from "hono";
import { alsoUsedBy } from "../../commands/revoke.ts";
import { sentForm } from "../adding/form-request.ts";
import { findOld, fingerprint, WAS } from "../adding/old-file.ts";
import type { Console } from "../console.ts";
import type { Typed } from "../form/typed.ts";
import { noCredential } from "../no-credential.tsx";
import type { Operation } from "../operation.ts";
import { show } from "../page.tsx";
import { RemovePage } from "./page.tsx";
import type { Refusal } from "./page.tsx";
import { removable } from "./removable.ts";
import type { Removable } from "./removable.ts";

/** `/credentials/:name/remove`: a credential's file is deleted, once somebody has seen what that comes to. */
export function addRemoving(app: Hono, console: Console): void {
  const address = "/credentials/:name/remove";
  app.get(address, async (c) => {
    const found = await removable(console, c.req.param("name"));
    return found === undefined ? noCredential(console) : page(console, found, { status: 200 });
  });
  app.post(address, async (c) => {
    const { typed } = await sentForm(c, "save");
    const found = await removable(console, c.req.param("name"));
    return found === undefined ? noCredential(console) : answer({ console, c }, found, typed);
  });
}

interface Parts {
  readonly console: Console;
  readonly c: Context;
}

/** Removes it, where nothing stands against that any more: GitHub was asked meanwhile. */
async function answer({ console, c }: Parts, found: Removable, typed: Typed): Promise<Response> {
  const { name } = found.old;
  if (busyWith(console, name) !== undefined) return page(console, found, { status: 409 });
  const old = findOld(console, name);
  if (old === undefined) return noCredential(console);
  if (typed.one(WAS) !== fingerprint(old))
    return page(console, { ...found, old }, { status: 409, refusal: { kind: "changed" } });
  const confirmed = typed.one("confirm").trim();
  if (found.known?.grant !== "none" && confirmed !== name)
    return page(console, found, { status: 422, refusal: { kind: "mistyped", typed: confirmed } });
  await console.ports.tree.remove(old.path);
  forget(console, found);
  const hasOrphans = found.known?.left.some(({ kind }) => kind === "planned") === true;
  return c.redirect(hasOrphans ? "/plan?orphans=prune" : "/plan", 303);
}

/** What was typed for it, and what became of that. */
function forget(console: Console, { old, credential, others }: Removable): void {
  const secretName = credential?.client.secretName;
  if (credential !== undefined && secretName !== undefined && alsoUsedBy(others, credential).length === 0)
    console.typed.delete(secretName);
  console.savedSecrets.delete(old.name);
  console.live.tell("files");
}

function busyWith({ operations }: Console, name: string): Operation | undefined {
  const newest = operations.newestOf(name);
  return newest?.end === undefined ? newest : undefined;
}

interface Shown {
  readonly status: number;
  readonly refusal?: Refusal;
}

function page(console: Console, found: Removable, { status, refusal }: Shown): Promise<Response> {
  const { name } = found.old;
  const busy = busyWith(console, name);
  const body = <RemovePage console={console} removable={found} busy={busy} refusal={refusal} />;
  return show(console, { title: `Remove ${name}`, body, current: "credentials" }, status);
}
