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

test("a link in a file's place is replaced, and what it names is left alone", async () => {
  const { inside, outside, writer } = folder();
  writeFileSync(join(outside, "secret"), "theirs");
  symlinkSync(join(outside, "secret"), join(inside, "file"));
  await writer.write("file", bytes("ours"));
  expect(readFileSync(join(outside, "secret"), "utf8")).toBe("theirs");
  expect(readFileSync(join(inside, "file"), "utf8")).toBe("ours");
});

test("a folder that is a link out of the tree is refused, for writing and for removing", async () => {
  const { inside, outside, writer } = folder();
  writeFileSync(join(outside, "file"), "theirs");
  symlinkSync(outside, join(inside, ".github"));
  symlinkSync(join(inside, ".."), join(inside, "parent"));
  await expect(writer.write("parent/file", bytes("ours"))).rejects.toMatchObject({ code: "usage" });
  await expect(writer.write(".github/file", bytes("ours"))).rejects.toMatchObject({ code: "usage" });
  await expect(writer.remove(".github/file")).rejects.toMatchObject({ code: "usage" });
  expect(readFileSync(join(outside, "file"), "utf8")).toBe("theirs");
});

test.each(["../file", "a/../../file", "/etc/file", "./file", "a//file"])(
  "%s is no path of the tree",
  async (path) => {
    const { writer } = folder();
    await expect(writer.write(path, bytes(""))).rejects.toMatchObject({ code: "usage" });
  },
);

test("a folder in a file's place is told as such", async () => {
  const { inside, writer } = folder();
  mkdirSync(join(inside, "file"));
  await expect(writer.write("file", bytes(""))).rejects.toMatchObject({ code: "usage" });
});
