import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "../../scripts/bundle.mjs";
import manifest from "../../package.json" with { type: "json" };

/** An entry that loads a package when it is called for. */
const ENTRY = `
  declare const SEALRING_VERSION: string;
  const command = process.argv[2];
  if (command === "version") console.log(SEALRING_VERSION);
  if (command === "seal") {
    const { default: sodium } = await import("libsodium-wrappers");
    await sodium.ready;
    const pair = sodium.crypto_box_keypair();
    const box = sodium.crypto_box_seal("sealed", pair.publicKey);
    console.log(sodium.to_string(sodium.crypto_box_seal_open(box, pair.publicKey, pair.privateKey)));
  }
`;

/** Runs `main.js` of a directory by its own name. */
async function runMain(directory: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(join(directory, "main.js"), args, { cwd: directory });
  return stdout.trim();
}

describe("a bundle, in an empty directory", () => {
  let workshop: string;
  let directory: string;

  beforeAll(async () => {
    workshop = await mkdtemp(join(tmpdir(), "sealring-bundle-"));
    directory = join(workshop, "alone");
    await symlink(join(import.meta.dirname, "../../node_modules"), join(workshop, "node_modules"));
    await writeFile(join(workshop, "entry.ts"), ENTRY);
    await bundle(join(workshop, "entry.ts"), directory);
    // Nothing above the bundle can help it now.
    await rm(join(workshop, "node_modules"));
    // An installed package has its package.json beside dist/; it is what says that .js means ESM.
    await writeFile(join(directory, "package.json"), JSON.stringify({ type: manifest.type }));
  });

  afterAll(() => rm(workshop, { recursive: true }));

  it("runs by its own name and knows its version", async () => {
    expect((await stat(join(directory, "main.js"))).mode & 0o111).toBe(0o111);
    expect(await runMain(directory, "version")).toBe(manifest.version);
  });

  it("seals and opens a box: libsodium's WebAssembly is in it", async () => {
    expect(await runMain(directory, "seal")).toBe("sealed");
  });

  it("loads a package only when it is called for", async () => {
    expect(await readFile(join(directory, "main.js"), "utf8")).not.toContain("crypto_box_seal_open:");
    expect((await stat(join(directory, "main.js"))).size).toBeLessThan(2_000);
  });

  it("ships the licence of each package that is in it", async () => {
    const licenses = await readFile(join(directory, "THIRD_PARTY_LICENSES.txt"), "utf8");
    expect(licenses).toMatch(/^libsodium-wrappers [\d.]+ \(ISC\)$/m);
    expect(licenses).toContain("Permission to use, copy, modify, and/or distribute");
    expect(licenses).not.toContain("undici");
  });
});

describe("what users install, in an empty directory", () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "sealring-alone-"));
    await bundle(join(import.meta.dirname, "../../src/main.ts"), join(directory, "dist"));
    await writeFile(join(directory, "package.json"), JSON.stringify({ type: manifest.type }));
  });

  afterAll(() => rm(directory, { recursive: true }));

  it("helps, and needs no other package for it", async () => {
    expect(await runMain(join(directory, "dist"), "--help")).toContain("Usage: sealring");
  });

  it("tells the whole story: declarations, adapters, sealing and the sandbox are in it", async () => {
    expect(await runMain(join(directory, "dist"), "demo", "--json")).toContain('"ok": true');
  });
});
