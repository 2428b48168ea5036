import type { Console } from "./console.ts";
import { show } from "./page.tsx";

/** What an address of a credential shows that no file declares. */
export function noCredential(console: Console): Promise<Response> {
  const body = <p>No file in credentials/ declares it.</p>;
  return show(console, { title: "No such credential", body, current: "credentials" }, 404);
}
