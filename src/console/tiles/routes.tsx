import type { Hono } from "hono";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";
import { readBoard } from "./board.ts";
import { readQuery } from "./query.ts";
import { TilesPage } from "./tiles-page.tsx";
import { Welcome } from "./welcome.tsx";

/** `/`: every credential at a glance. */
export function addTiles(app: Hono, console: Console): void {
  app.get("/", async (c) => {
    const board = await readBoard(console);
    if (board.cards.length === 0)
      return show(console, { title: "Welcome", body: <Welcome />, current: "credentials" });
    const query = readQuery((name) => c.req.query(name));
    const body = <TilesPage board={board} query={query} now={console.ports.clock.now()} />;
    return show(console, { title: "Credentials", body, current: "credentials" });
  });
}
