import { mkdir, writeFile } from "node:fs/promises";
import { allMet, page, table } from "./report.mjs";
import { measureMany, measureStart } from "./validate.mjs";

const rows = [...(await measureStart(31)), ...(await measureMany(1_000, 7))];

console.log(table(rows));
await mkdir(new URL("../docs/", import.meta.url), { recursive: true });
await writeFile(new URL("../docs/performance.md", import.meta.url), page(rows, new Date()));
process.exitCode = allMet(rows) ? 0 : 1;
