import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { directoryBoxes } from "../../src/adapters/box-disk.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sealring-boxes-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const pathOf = (credential: string) => join(root, "boxes", `${credential}.box.json`);

describe("boxes on disk", () => {
  it("are read as they were written, each credential's last one, by their owner alone", async () => {
    const boxes = directoryBoxes(join(root, "boxes"));
    await boxes.write("oura", "first");
    await boxes.write("oura", "second");
    await boxes.write("strava", "other");
    expect(await boxes.read("oura")).toBe("second");
    expect(statSync(pathOf("oura")).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, "boxes")).mode & 0o777).toBe(0o700);
    await boxes.remove("oura");
    expect([await boxes.read("oura"), await boxes.read("strava")]).toEqual([undefined, "other"]);
  });

  it.each<[string, () => void]>([
    ["there is nothing", () => undefined],
    ["a directory has its name", () => mkdirSync(pathOf("oura"), { recursive: true })],
    ["their folder is a file", () => writeFileSync(join(root, "boxes"), "")],
    [
      "it links to itself",
      () => {
        mkdirSync(join(root, "boxes"));
        symlinkSync(pathOf("oura"), pathOf("oura"));
      },
    ],
  ])("are none where %s, and removing it is no failure", async (_what, prepare) => {
    prepare();
    const boxes = directoryBoxes(join(root, "boxes"));
    expect(await boxes.read("oura")).toBeUndefined();
    await boxes.remove("oura");
    expect(await boxes.read("oura")).toBeUndefined();
  });

  it("leave another's directory alone that is in their place", async () => {
    mkdirSync(pathOf("oura"), { recursive: true });
    writeFileSync(join(pathOf("oura"), "mine"), "kept");
    await directoryBoxes(join(root, "boxes")).remove("oura");
    expect(readFileSync(join(pathOf("oura"), "mine"), "utf8")).toBe("kept");
  });

  it("say that they could not be written", async () => {
    mkdirSync(pathOf("oura"), { recursive: true });
    writeFileSync(join(root, "file"), "");
    await expect(directoryBoxes(join(root, "boxes")).write("oura", "box")).rejects.toThrow();
    await expect(directoryBoxes(join(root, "file")).write("oura", "box")).rejects.toThrow();
  });
});
