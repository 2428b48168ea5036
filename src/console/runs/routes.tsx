import type { Context, Hono } from "hono";
import type { Console } from "../console.ts";
import { noCredential } from "../no-credential.tsx";
import type { Operation } from "../operation.ts";
import { show } from "../page.tsx";
import { ACTION_WORDS, RUN_ACTIONS } from "./action.ts";
import { ask } from "./ask.ts";
import type { Asked } from "./ask.ts";
import { ConfirmPage } from "./confirm-page.tsx";
import { OperationView } from "./operation-view.tsx";
import { begin } from "./start.ts";

/** Refresh, probe, recover and revoke, each asked about first; and the page of any operation. */
export function addRuns(app: Hono, console: Console): void {
  for (const action of RUN_ACTIONS) {
    const address = `/credentials/:name/${action}`;
    app.get(address, async (c) => {
      const asked = await ask(console, c.req.param("name") ?? "", action);
      return asked === undefined ? noCredential(console) : confirmPage(console, asked, 200);
    });
    app.post(address, async (c) => {
      const asked = await ask(console, c.req.param("name") ?? "", action);
      return asked === undefined ? noCredential(console) : confirmed(console, asked, c);
    });
  }
  app.get("/operations/:id", (c) => {
    const operation = console.operations.find(c.req.param("id"));
    return operation === undefined ? noOperation(console) : operationPage(console, operation);
  });
  app.post("/operations/:id/leave", (c) => {
    const operation = console.operations.find(c.req.param("id"));
    if (operation === undefined) return noOperation(console);
    console.operations.leave(operation.id);
    return c.redirect(`/operations/${operation.id}`, 303);
  });
}

/** Does what was confirmed, where it still can be done. */
async function confirmed(console: Console, asked: Asked, c: Context): Promise<Response> {
  const { subject, action, confirmation, trouble, busy } = asked;
  if (busy?.kind === action) return c.redirect(`/operations/${busy.id}`, 303);
  if (busy !== undefined || trouble !== undefined || confirmation.kind === "declined")
    return confirmPage(console, asked, 409);
  const { where } = confirmation;
  const { confirm } = await c.req.parseBody();
  const typed = typeof confirm === "string" ? confirm.trim() : "";
  if (action === "revoke" && typed !== subject.credential.name)
    return confirmPage(console, { ...asked, mistyped: typed }, 422);
  const begun = begin(console, { subject, action, where });
  // Another tab's wish may have come first while GitHub was asked.
  if (begun.kind !== action) return confirmPage(console, { ...asked, busy: begun }, 409);
  return c.redirect(`/operations/${begun.id}`, 303);
}

function confirmPage(console: Console, asked: Asked, status: number): Promise<Response> {
  const title = ACTION_WORDS[asked.action].title(asked.subject.credential.name);
  const body = <ConfirmPage console={console} asked={asked} />;
  return show(console, { title, body, current: "credentials" }, status);
}

function operationPage(console: Console, operation: Operation): Promise<Response> {
  const { kind, credential } = operation;
  const body = (
    <>
      <OperationView console={console} operation={operation} />
      {credential === undefined ? null : (
        <p>
          <a href={`/credentials/${credential}`}>{`Back to ${credential}`}</a>
        </p>
      )}
    </>
  );
  return show(console, { title: titleOf(kind, credential), body, current: "credentials" });
}

function titleOf(kind: Operation["kind"], name = ""): string {
  switch (kind) {
    case "apply":
      return "Apply the plan";
    case "authorize":
      return `Authorize ${name}`;
    default:
      return ACTION_WORDS[kind].title(name);
  }
}

function noOperation(console: Console): Promise<Response> {
  const body = <p>The console keeps what it did only as long as it runs, and the newest of it.</p>;
  return show(console, { title: "Nothing of that number", body, current: "credentials" }, 404);
}
