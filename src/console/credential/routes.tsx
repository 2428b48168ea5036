import type { Hono } from "hono";
import { CREDENTIAL_NAME } from "../../declaration/credential.ts";
import type { Console } from "../console.ts";
import { READ, viewIn } from "../history/view.ts";
import { show } from "../page.tsx";
import { gather } from "./gather.ts";
import { CredentialPage } from "./page.tsx";

/** `/credentials/:name`: all about one credential, declared or only remembered by the journal. */
export function addCredential(app: Hono, console: Console): void {
  app.get("/credentials/:name", async (c) => {
    const name = c.req.param("name");
    const view = viewIn((key) => c.req.query(key));
    const gathered = CREDENTIAL_NAME.test(name)
      ? await gather(console.ports, { name, limit: READ[view.length] })
      : undefined;
    if (gathered === undefined) {
      const body = "Neither a file in credentials/ nor the journal has a credential of that name.";
      return show(console, { title: "No such credential", body, current: "credentials" }, 404);
    }
    const newest = console.operations.newestOf(name);
    const running = newest?.end === undefined ? newest : undefined;
    const body = <CredentialPage name={name} gathered={gathered} view={view} running={running} />;
    return show(console, { title: name, body, current: "credentials" });
  });
}
