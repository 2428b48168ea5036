import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

const MODULES = new URL("../../node_modules/", import.meta.url);

const ARGS = [
  // Chromium's own sandbox cannot be set up by root, nor in most containers.
  "--no-sandbox",

  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-pings",
  "--no-first-run",
  // Loopback is all there is; every other name fails without being asked for.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]",
];

/** The package's own looks for its fonts under /tmp. Without any font Chromium crashes. */
const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
`;

/**
 * A headless Chromium with a profile of its own. The caller closes it. One of 500 dies of a SIGSEGV as it starts, of nothing
 * that we do: it is started again.
 */
export async function launchBrowser(): Promise<Browser> {
  const home = await unpacked();
  try {
    return await launch(home);
  } catch (error) {
    if (!String(error).includes("signal=SIGSEGV")) throw error;
    return launch(home);
  }
}

function launch(home: string): Promise<Browser> {
  return chromium.launch({
    executablePath: join(home, "chromium"),
    headless: true,
    args: ARGS,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: home,
      LD_LIBRARY_PATH: join(home, "al2023", "lib"),
      FONTCONFIG_PATH: join(home, "fonts"),
    },
  });
}

/**
 * The directory of the browser that @sparticuz/chromium packs, with the shared libraries that a bare machine lacks: the
 * package gives those out where it believes itself on AWS Lambda. Unpacked once, and put in place by one rename, since
 * test files run at the same time.
 */
async function unpacked(): Promise<string> {
  const manifest = await readFile(new URL("@sparticuz/chromium/package.json", MODULES), "utf8");
  const { version } = JSON.parse(manifest) as { readonly version: string };
  const home = fileURLToPath(new URL(`.cache/sealring/chromium-${version}`, MODULES));
  if (existsSync(home)) return home;
  await mkdir(dirname(home), { recursive: true });
  const fresh = await mkdtemp(`${home}-`);
  const script = 'import("@sparticuz/chromium").then((chromium) => chromium.default.executablePath())';
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: dirname(fileURLToPath(import.meta.url)),
    env: { PATH: process.env["PATH"], TMPDIR: fresh, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" },
  });
  await writeFile(join(fresh, "fonts", "fonts.conf"), FONTS_CONF);
  await rename(fresh, home).catch(async (error: unknown) => {
    await rm(fresh, { recursive: true });
    if (!existsSync(home)) throw error;
  });
  return home;
}
