import type { Hono } from "hono";
import type { Console } from "../console.ts";
import { readDeclarations } from "../declarations.ts";
import { show } from "../page.tsx";
import { Checkups } from "./checkups.ts";
import { DoctorPage } from "./page.tsx";

/** What would keep credentials from being refreshed: of the repository, and of one of them more closely. */
export function addDoctor(app: Hono, console: Console): void {
  const checkups = new Checkups(console);
  const names = () => readDeclarations(console.ports).credentials.map(({ name }) => name);
  const page = (name: string | undefined) => {
    const checkup = checkups.find(name) ?? checkups.start(name);
    const address = name === undefined ? "/doctor" : `/doctor/${name}`;
    const outdatedBy = checkups.outdatedBy(checkup);
    const body = <DoctorPage {...{ console, checkup, outdatedBy, address }} names={names()} />;
    const title = name === undefined ? "Doctor" : `Doctor: ${name}`;
    return show(console, { title, body, current: "doctor" });
  };
  app.get("/doctor", () => page(undefined));
  app.get("/doctor/:name", (c) =>
    names().includes(c.req.param("name")) ? page(c.req.param("name")) : c.notFound(),
  );
  app.post("/doctor", (c) => {
    checkups.start(undefined);
    return c.redirect("/doctor", 303);
  });
  app.post("/doctor/:name", (c) => {
    const name = c.req.param("name");
    if (!names().includes(name)) return c.notFound();
    checkups.start(name);
    return c.redirect(`/doctor/${name}`, 303);
  });
}
