import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { DirectoryFiles } from "../../src/adapters/files.ts";
import { readTree } from "../../src/commands/read-tree.ts";
import { fileItems } from "../../src/difference/files.ts";
import type { Item } from "../../src/difference/plan.ts";
import type { Wanted, WantedFile } from "../../src/difference/wanted.ts";
import { Model, PROJECT, REPOSITORY } from "../difference/model.ts";

const FOLDER = ".github/actions/sealring";
const OURS = "name: sealring\n";

/** A checkout with these files; a value that begins with `->` is a link. */
function planned(tree: Readonly<Record<string, string>>, folder = FOLDER): readonly Item[] {
  const root = mkdtempSync(join(tmpdir(), "sealring-read-tree-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    if (text.startsWith("->")) symlinkSync(text.slice(2), join(root, path));
    else writeFileSync(join(root, path), text);
  }
  const wanted = wantedIn(folder);
  return fileItems(wanted, {
    ...new Model().facts(wanted),
    tree: readTree(new DirectoryFiles(root), wanted),
  });
}

function wantedIn(folder: string): Wanted {
  const file = (path: string, text: string): WantedFile => {
    return { kind: "action", path: `${folder}/${path}`, bytes: new TextEncoder().encode(text) };
  };
  const files = [file("action.yml", OURS), file("action/main.mjs", "new")];
  return { project: PROJECT, repository: REPOSITORY, credentials: [], files, orphans: "keep" };
}

test.each(["src", ".git"])("nothing of %s goes where the action's folder is a link to it", (victim) => {
  const items = planned({
    [`${victim}/main.mjs`]: "theirs",
    [`${victim}/old.mjs`]: "theirs",
    [`${FOLDER}/action.yml`]: OURS,
    [`${FOLDER}/action`]: `->../../../${victim}`,
  });
  expect(items).toMatchObject([{ kind: "unknown", code: "usage", what: `${FOLDER}/action/main.mjs` }]);
});

test("of the action's folder goes only what sealring brings", () => {
  const items = planned({
    [`${FOLDER}/action.yml`]: OURS,
    [`${FOLDER}/action/main.mjs`]: "old",
    [`${FOLDER}/action/old.mjs`]: "old",
    [`${FOLDER}/action/notes.md`]: "theirs",
    [`${FOLDER}/action/.env`]: "theirs",
  });
  expect(items).toMatchObject([{ kind: "place_action", remove: [`${FOLDER}/action/old.mjs`] }]);
});

test.each([
  { "src/app.ts": "theirs" },
  { "src/action.yml": "name: another\n" },
  { "src/action/main.mjs": "theirs" },
])("the action is not placed where something else lives: %j", (tree) => {
  const items = planned(tree, "src");
  expect(items).toMatchObject([{ kind: "unknown", code: "usage", what: "the action in src" }]);
  expect(items[0]).toHaveProperty("reason", expect.stringContaining("src holds what is not sealring's: a"));
});

test("the action is placed where there is nothing, and where it is, whatever its line ends", () => {
  expect(planned({})).toMatchObject([{ kind: "place_action", sign: "add" }]);
  const crlf = { [`${FOLDER}/action.yml`]: "name: sealring\r\n", [`${FOLDER}/action/main.mjs`]: "old" };
  expect(planned(crlf)).toMatchObject([{ kind: "place_action", sign: "change", remove: [] }]);
});
