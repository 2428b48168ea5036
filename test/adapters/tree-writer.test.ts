import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createTreeWriter } from "../../src/adapters/tree-writer.ts";

function folder() {
  const root = mkdtempSync(join(tmpdir(), "sealring-tree-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const inside = join(root, "repository");
  const outside = join(root, "outside");
  for (const path of [inside, outside]) mkdirSync(path);
  return { inside, outside, writer: createTreeWriter(inside) };
}

const bytes = (text: string) => new TextEncoder().encode(text);

test("a file is written with its folders, written over, and removed", async () => {
  const { inside, writer } = folder();
  await writer.write(".github/workflows/sealring.yml", bytes("one"));
  await writer.write(".github/workflows/sealring.yml", bytes("two"));
  expect(readFileSync(join(inside, ".github/workflows/sealring.yml"), "utf8")).toBe("two");
  expect(readdirSync(join(inside, ".github/workflows"))).toEqual(["sealring.yml"]);
  await writer.remove(".github/workflows/sealring.yml");
  expect(readdirSync(join(inside, ".github/workflows"))).toEqual([]);
});

test("what is not there is removed already", async () => {
  const { writer } = folder();
  await expect(writer.remove("nowhere/at-all")).resolves.toBeUndefined();
});

test("what a killed run left unfinished is in nobody's way", async () => {
  const { inside, writer } = folder();
  writeFileSync(join(inside, "file.sealring-unfinished"), "half");
  await writer.write("file", bytes("whole"));
  expect(readdirSync(inside)).toEqual(["file"]);
});

test("a link in a file's place is refused, and what it names is left alone", async () => {
  const { inside, writer } = folder();
  writeFileSync(join(inside, "theirs"), "theirs");
  symlinkSync("theirs", join(inside, "file"));
  await expect(writer.write("file", bytes("ours"))).rejects.toMatchObject({ code: "usage" });
  await expect(writer.remove("file")).rejects.toMatchObject({ code: "usage" });
  expect(readFileSync(join(inside, "theirs"), "utf8")).toBe("theirs");
  expect(readdirSync(inside)).toEqual(["file", "theirs"]);
});

test.each(["../outside", ".git", "src"])(
  "a folder that is a link to %s is refused, for writing and for removing",
  async (target) => {
    const { inside, writer } = folder();
    const real = join(inside, target);
    mkdirSync(real, { recursive: true });
    writeFileSync(join(real, "config"), "theirs");
    symlinkSync(target, join(inside, "linked"));
    await expect(writer.write("linked/config", bytes("ours"))).rejects.toMatchObject({ code: "usage" });
    await expect(writer.write("linked/deep/config", bytes("ours"))).rejects.toMatchObject({ code: "usage" });
    await expect(writer.remove("linked/config")).rejects.toMatchObject({ code: "usage" });
    expect(readdirSync(real)).toEqual(["config"]);
    expect(readFileSync(join(real, "config"), "utf8")).toBe("theirs");
  },
);

test.each([
  "../file",
  "a/../../file",
  "/etc/file",
  "./file",
  "a//file",
  ".git/config",
  ".GIT/hooks/pre-push",
])("%s is no path of the tree", async (path) => {
  const { inside, writer } = folder();
  await expect(writer.write(path, bytes(""))).rejects.toMatchObject({ code: "usage" });
  await expect(writer.remove(path)).rejects.toMatchObject({ code: "usage" });
  expect(readdirSync(inside)).toEqual([]);
});

test("a folder in a file's place is told as such", async () => {
  const { inside, writer } = folder();
  mkdirSync(join(inside, "file"));
  await expect(writer.write("file", bytes(""))).rejects.toMatchObject({ code: "usage" });
});
