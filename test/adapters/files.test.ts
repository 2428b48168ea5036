import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DirectoryFiles } from "../../src/adapters/files.ts";

const MAX = 1_000;
let outside = "";
let root = "";
let files = new DirectoryFiles(".");

beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), "sealring-files-"));
  root = join(outside, "root");
  mkdirSync(join(root, "credentials"), { recursive: true });
  files = new DirectoryFiles(root);
});

afterEach(() => {
  rmSync(outside, { recursive: true });
});

const put = (path: string, content: string) => {
  writeFileSync(join(root, path), content);
};

const kindOf = (path: string) => files.read(path, MAX).kind;

describe("reading", () => {
  test("gives a file's bytes", () => {
    put("credentials/a.yaml", "é");
    expect(files.read("credentials/a.yaml", MAX)).toEqual({ kind: "bytes", bytes: Buffer.from("é") });
  });

  test("gives an empty file", () => {
    put("a", "");
    expect(files.read("a", MAX)).toEqual({ kind: "bytes", bytes: Buffer.alloc(0) });
  });

  test("stops at the most that is asked for", () => {
    put("a", "x".repeat(MAX));
    put("b", "x".repeat(MAX + 1));
    expect(kindOf("a")).toBe("bytes");
    expect(kindOf("b")).toBe("too_large");
  });

  test("tells what is missing, a directory, and what is no file", () => {
    execFileSync("mkfifo", [join(root, "pipe")]);
    put("a", "");
    expect(kindOf("none")).toBe("missing");
    expect(kindOf("none/none")).toBe("missing");
    expect(kindOf("a/none")).toBe("missing");
    expect(kindOf("credentials")).toBe("directory");
    expect(kindOf(".")).toBe("directory");
    expect(kindOf("pipe")).toBe("unreadable");
    expect(kindOf("a\u0000b")).toBe("unreadable");
  });
});

describe("the tree's edge", () => {
  test("a link is followed inside, and not outside", () => {
    put("a", "inside");
    writeFileSync(join(outside, "secret"), "outside");
    symlinkSync("../a", join(root, "credentials", "in"));
    symlinkSync("../../secret", join(root, "credentials", "out"));
    symlinkSync(join(outside, "secret"), join(root, "absolute"));
    symlinkSync("nowhere", join(root, "dangling"));
    symlinkSync("loop", join(root, "loop"));
    expect(kindOf("credentials/in")).toBe("bytes");
    expect(kindOf("credentials/out")).toBe("outside");
    expect(kindOf("absolute")).toBe("outside");
    expect(kindOf("dangling")).toBe("missing");
    expect(kindOf("loop")).toBe("unreadable");
  });

  test("a linked folder leads no further than a linked file", () => {
    mkdirSync(join(outside, "folder"));
    writeFileSync(join(outside, "folder", "a.yaml"), "outside");
    symlinkSync(join(outside, "folder"), join(root, "linked"));
    expect(kindOf("linked/a.yaml")).toBe("outside");
    expect(files.list("linked")).toEqual([]);
  });

  test("a folder that becomes a link, and one that was, are judged as they are now", () => {
    const folder = join(root, "credentials");
    put("credentials/a.yaml", "inside");
    expect(files.list("credentials")).toEqual(["a.yaml"]);
    rmSync(folder, { recursive: true });
    mkdirSync(join(outside, "folder"));
    writeFileSync(join(outside, "folder", "a.yaml"), "outside");
    symlinkSync(join(outside, "folder"), folder);
    expect(files.list("credentials")).toEqual([]);
    expect(kindOf("credentials/a.yaml")).toBe("outside");
    rmSync(folder);
    mkdirSync(folder);
    put("credentials/a.yaml", "inside");
    expect(files.list("credentials")).toEqual(["a.yaml"]);
    expect(kindOf("credentials/a.yaml")).toBe("bytes");
  });

  test("a path that leads out is outside, one that comes back is not", () => {
    put("a", "");
    writeFileSync(join(outside, "b"), "");
    expect(kindOf("../b")).toBe("outside");
    expect(kindOf(join(outside, "b"))).toBe("outside");
    expect(kindOf("..")).toBe("outside");
    expect(kindOf("../root/a")).toBe("bytes");
    expect(kindOf(join(root, "a"))).toBe("bytes");
  });

  test("what git keeps is outside, by a link or without one", () => {
    mkdirSync(join(root, ".git", "info"), { recursive: true });
    for (const path of [".git/config", ".git/info/exclude", ".gitignore"]) put(path, "x");
    symlinkSync("../.git/config", join(root, "credentials", "config"));
    symlinkSync("../.gitignore", join(root, "credentials", "ignored"));
    symlinkSync(".git/info", join(root, "linked"));
    for (const path of [".git/config", "credentials/config", "linked/exclude"])
      expect(kindOf(path)).toBe("outside");
    expect(files.list("linked")).toEqual([]);
    expect(kindOf("credentials/ignored")).toBe("bytes");
  });

  test("a root that is itself a link is the tree it links to", () => {
    put("a", "");
    symlinkSync(root, join(outside, "link"));
    expect(new DirectoryFiles(join(outside, "link")).read("a", MAX).kind).toBe("bytes");
  });
});

describe("a link on the way", () => {
  test("is told of the file itself and of each folder, and of nothing else", () => {
    put("credentials/a", "");
    symlinkSync("credentials", join(root, "linked"));
    symlinkSync("a", join(root, "credentials", "b"));
    expect(
      ["linked", "linked/a", "linked/none", "credentials/b"].map((path) => files.isLinked(path)),
    ).toEqual([true, true, true, true]);
    expect(["credentials/a", "none/none", "credentials"].map((path) => files.isLinked(path))).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe("listing", () => {
  test("gives the names of a folder, sorted, and none of one that is not there", () => {
    for (const name of ["b.yaml", "a.yaml"]) put(`credentials/${name}`, "");
    expect(files.list("credentials")).toEqual(["a.yaml", "b.yaml"]);
    expect(files.list("none")).toEqual([]);
  });
});
