import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const STYLE = new URL("../src/page/style/", import.meta.url);
const SCRIPT = fileURLToPath(new URL("../src/console/browser/main.ts", import.meta.url));

/** The stylesheet of every page: the files in the order of their names. */
export async function readStyle() {
  const names = (await readdir(STYLE)).filter((name) => name.endsWith(".css")).sort();
  const sheets = await Promise.all(names.map((name) => readFile(new URL(name, STYLE), "utf8")));
  return sheets.map(withoutRemarks).join("");
}

function withoutRemarks(sheet) {
  return sheet.replaceAll(/\/\*.*?\*\//gs, "").replaceAll(/\n\s*/g, "\n");
}

/** The one script of the console's pages. */
export async function bundleScript() {
  const build = await rolldown({
    input: SCRIPT,
    platform: "browser",
    onLog(level, log) {
      if (level === "warn") throw new Error(`${log.code ?? "warning"}: ${log.message}`);
    },
    transform: { target: "es2022" },
  });
  const { output } = await build.generate({ format: "iife", minify: true });
  await build.close();
  return output[0].code;
}
