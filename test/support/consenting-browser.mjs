/**
 * A browser with a person before it who allows everything: BROWSER="node consenting-browser.mjs <record> [deny]". Opens the
 * address that it gets last, sends the consent form, and goes where it is sent. Writes what it was started with to
 * the record, so that a test can look for secrets there.
 */
import { writeFileSync } from "node:fs";

const [record, ...rest] = process.argv.slice(2);
const url = rest.at(-1);
writeFileSync(record, JSON.stringify({ argv: process.argv, env: process.env }));

const page = await (await fetch(url)).text();
const [, action] = /<form method="post" action="([^"]+)">/.exec(page);
const fields = page.matchAll(/<input type="(?:hidden|checkbox)" name="([^"]+)" value="([^"]+)"/g);
const body = new URLSearchParams([...fields].map(([, name, value]) => [name, value]));
body.set("decision", rest.length > 1 ? rest[0] : "allow");
const decided = await fetch(new URL(action, url), { method: "POST", body, redirect: "manual" });
const home = decided.headers.get("location");
if (home !== null) await fetch(home);
