import { describe, expect, test } from "vitest";
import { credentialText, load, rulesOf } from "./examples.ts";

const FILE = "credentials/oura.yaml";
const faults = (text: string | Uint8Array) => load({ [FILE]: text }).faults;

describe("text that is no declaration", () => {
  test("bytes that are not UTF-8 are a fault where they begin", () => {
    const bytes = new Uint8Array([...new TextEncoder().encode("version: 1\nname: a"), 0xff, 0x0a]);
    expect(faults(bytes)).toMatchObject([
      { rule: "encoding", line: 2, column: 8, message: "this is not UTF-8" },
    ]);
  });

  test("UTF-16 is told by its byte order mark", () => {
    expect(faults(new Uint8Array([0xff, 0xfe, 0x61, 0])).at(0)?.message).toContain("UTF-16");
  });

  test.each([
    ["a NUL", "a\u0000b"],
    ["an escape", "\u001b[31m"],
    ["a mark that turns text round", "\u202egnp"],
    ["an isolate", "\u2066x"],
  ])("%s is a fault where it is", (_, text) => {
    const at = credentialText({ owner: `owner: "${text}"` });
    expect(faults(at)).toMatchObject([{ rule: "encoding", line: 9 }]);
  });

  test.each([
    ["a carriage return alone", "\r", "U+000D"],
    ["a next line", "\u0085", "U+0085"],
    ["a line separator", "\u2028", "U+2028"],
    ["a paragraph separator", "\u2029", "U+2029"],
  ])("%s, which an editor takes for a line end, hides nothing in a comment", (_, end, code) => {
    const text = `# harmless${end}destinations:${end}  - repository: acme/other${end}`;
    const [fault, ...more] = faults(`${credentialText()}${text}`);
    expect(fault).toMatchObject({ rule: "encoding", line: 9, column: 11 });
    expect(fault?.message).toContain(code);
    expect(fault?.hint).toContain("line feed");
    expect(more).toEqual([]);
    expect(faults(credentialText().replaceAll("\n", "\r\n"))).toEqual([]);
  });

  test.each([
    ["nothing", ""],
    ["white space", " \n\n"],
    ["comments", "# one\n# two\n"],
    ["a document mark", "---\n"],
  ])("a file with %s in it is empty", (_, text) => {
    expect(rulesOf(faults(text))).toEqual(["yaml-empty"]);
  });

  test.each(["- a\n", "text\n", "42\n", "{}[]\n"])("%j is no map", (text) => {
    expect(faults(text)).not.toEqual([]);
    expect(faults(text)[0]).toMatchObject({ line: 1 });
  });
});

describe("YAML that is broken or too clever", () => {
  test("a tab as indentation", () => {
    expect(faults("version: 1\nclient:\n\tid: x\n")).toContainEqual(
      expect.objectContaining({ rule: "yaml-tab", line: 3, column: 1 }),
    );
  });

  test("every duplicate key, beside the other faults", () => {
    const found = faults(`${credentialText()}name: oura\nowner: a\nowner: b\nfoo: 1\n`);
    expect(found.map(({ rule, line }) => [rule, line])).toEqual([
      ["yaml-duplicate-key", 9],
      ["yaml-duplicate-key", 11],
      ["unknown-key", 12],
    ]);
  });

  test("several documents", () => {
    expect(faults(`${credentialText()}---\n${credentialText()}`)).toMatchObject([
      { rule: "yaml-documents", line: 9 },
    ]);
  });

  test("an unclosed bracket", () => {
    expect(rulesOf(faults("version: 1\nscopes: [a, b\n"))).toContain("yaml-syntax");
  });

  test.each([
    ["a tag", "owner: !!binary aGk="],
    ["a tag of one's own", "owner: !me x"],
  ])("%s", (_, owner) => {
    expect(rulesOf(faults(credentialText({ owner })))).toEqual(["yaml-tag"]);
  });

  test("a directive that would change what words mean", () => {
    expect(rulesOf(faults(`%YAML 1.1\n---\n${credentialText()}`))).toEqual(["yaml-tag"]);
  });

  test("a merge key is a key like any other, and unknown", () => {
    expect(rulesOf(faults(credentialText({ merge: "<<: { owner: me }" })))).toEqual(["unknown-key"]);
  });

  test.each([
    ["a map", "? { a: b }\n: 1"],
    ["a list", "[a]: 1"],
    ["nothing", ": 1"],
  ])("a key that is %s", (_, line) => {
    expect(rulesOf(faults(credentialText({ line })))).toEqual(["yaml-key"]);
  });

  test("nesting that exhausts nobody's stack", () => {
    for (const depth of [33, 1_000, 100_000]) {
      expect(rulesOf(faults(`a: ${"[".repeat(depth)}${"]".repeat(depth)}`))).toEqual(["yaml-depth"]);
    }
  });
});

describe("aliases", () => {
  test("one that points to nothing", () => {
    expect(faults(credentialText({ owner: "owner: *who" }))).toMatchObject([{ rule: "yaml-alias", line: 9 }]);
  });

  test("one that points to itself", () => {
    expect(rulesOf(faults(credentialText({ scopes: "scopes: &a [*a]" })))).toEqual(["yaml-alias"]);
  });

  test("a bomb is refused before it expands", () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(of).join(", ")}]`;
    const bomb = [level("a", "lol"), level("b", "*a"), level("c", "*b"), level("d", "*c"), level("e", "*d")];
    expect(faults(bomb.join("\n"))).toMatchObject([{ rule: "yaml-alias", line: 3 }]);
  });
});
