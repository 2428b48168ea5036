import { Hono } from "hono";
import { addAdding } from "./adding/routes.tsx";
import { addAuthorizing } from "./authorizing/routes.tsx";
import type { Console } from "./console.ts";
import { addCredential } from "./credential/routes.tsx";
import { addDoctor } from "./doctor/routes.tsx";
import { addDoors } from "./doors.ts";
import { addEvents } from "./events.ts";
import { guard } from "./guard.ts";
import { show } from "./page.tsx";
import { addPlanning } from "./planning/routes.tsx";
import { addRemoving } from "./removing/routes.tsx";
import { addRuns } from "./runs/routes.tsx";
import { addSaved } from "./saved/routes.tsx";
import { addTiles } from "./tiles/routes.tsx";
import { addTrouble } from "./trouble.tsx";

/** The console's pages, each part with its own. */
export function createApp(console: Console): Hono {
  const app = new Hono();
  app.use(guard(console));
  addDoors(app, console);
  addEvents(app, console);
  addTiles(app, console);
  addAdding(app, console);
  addSaved(app, console);
  addAuthorizing(app, console);
  addRuns(app, console);
  addRemoving(app, console);
  addPlanning(app, console);
  addDoctor(app, console);
  addCredential(app, console);
  addTrouble(app, console);
  app.notFound(() => show(console, { title: "Nothing here", body: "The console has no such page." }, 404));
  return app;
}
