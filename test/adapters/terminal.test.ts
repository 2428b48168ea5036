import { Writable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Terminal } from "../../src/adapters/terminal.ts";
import type { TerminalOptions } from "../../src/adapters/terminal.ts";
import { documentJson } from "../../src/report/document.ts";
import { Secret } from "../../src/secret.ts";

/** A terminal, and what it has shown. */
function terminalOf(kind: TerminalOptions["kind"], ...secrets: readonly string[]) {
  const shown = { out: "", err: "" };
  const stream = (name: keyof typeof shown) =>
    new Writable({
      decodeStrings: false,
      write(chunk: string, _encoding, done) {
        shown[name] += chunk;
        done();
      },
    });
  const terminal = new Terminal({ out: stream("out"), err: stream("err"), kind });
  for (const secret of secrets) terminal.mask(new Secret(secret));
  return { terminal, shown };
}

function printed(text: string, ...secrets: readonly string[]): string {
  const { terminal, shown } = terminalOf("plain", ...secrets);
  terminal.print(text);
  return shown.out;
}

describe("what was masked", () => {
  it("comes out of none of the ways to print", () => {
    const { terminal, shown } = terminalOf("plain", "the-secret-value");
    terminal.print("a the-secret-value b\n");
    terminal.command("::notice::the-secret-value\n");
    terminal.error("e the-secret-value\n");
    terminal.say("s the-secret-value");
    expect(shown).toEqual({ out: "a [secret] b\n::notice::[secret]\n", err: "e [secret]\ns [secret]\n" });
  });

  it.each([
    ["the shorter first", ["abcdefgh", "abcdefgh-and-the-rest"]],
    ["the longer first", ["abcdefgh-and-the-rest", "abcdefgh"]],
  ])("is hidden whole where one secret begins another, masked with %s", (_order, secrets) => {
    expect(printed("abcdefgh-and-the-rest, abcdefgh", ...secrets)).toBe("[secret], [secret]");
  });

  it("is hidden line by line, and with control characters in it or in the text", () => {
    expect(printed("line-number-one\nline-number-two\n", "line-number-one\r\nline-number-two")).toBe(
      "[secret]\n[secret]\n",
    );
    expect(printed("the-sec\u0007ret-value", "the-secret-value")).toBe("[secret]");
    expect(printed("the-sec\u0007ret-value", "the-sec\u0007ret-value")).toBe("[secret]");
  });

  it("is told to GitHub's runner once, before anything else, in its escapes", () => {
    const { terminal, shown } = terminalOf("github_actions", "100%-secret", "100%-secret", "short");
    terminal.say("100%-secret short");
    expect(shown.err).toBe("::add-mask::100%25-secret\n[secret] short\n");
  });
});

describe("a JSON document", () => {
  const document = { command: "refresh", ok: true, results: [{ outcome: "refreshed" }], faults: [] };

  it.each(['"ok": true', '"results": [', "  }\n  ]", '": "refre', "command", '{\n  "command', "\\n  \\u00"])(
    "stays one, though a secret is %j",
    (secret) => {
      expect(JSON.parse(printed(documentJson(document), secret))).toEqual(document);
    },
  );

  it("hides what is in its strings, escaped or not", () => {
    const secret = 'a "quoted" \\ secret';
    const text = printed(documentJson({ ...document, faults: [{ message: `it was ${secret}!` }] }), secret);
    expect(JSON.parse(text)).toMatchObject({ faults: [{ message: "it was [secret]!" }] });
  });

  it("keeps its form and its keys, whatever is masked and whatever it holds", () => {
    const secretIn = (text: string) =>
      fc
        .tuple(fc.nat(text.length), fc.integer({ min: 6, max: 20 }))
        .map(([at, length]) => text.slice(at, at + length));
    const cases = fc.jsonValue().chain((value) => {
      const text = documentJson({ ...document, results: [{ value }] });
      return secretIn(text).map((secret) => ({ text, secret }));
    });
    fc.assert(
      fc.property(cases, ({ text, secret }) => {
        expect(formOf(JSON.parse(printed(text, secret)))).toEqual(formOf(JSON.parse(text)));
      }),
    );
  });
});

/** A value with every string in it, but no key, made the same. */
function formOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, child: unknown) =>
    typeof child === "string" ? "" : child,
  );
}

describe("what a terminal acts upon", () => {
  it.each([
    ["clears the screen", "a\u001b[2Jb"],
    ["moves the cursor", "a\u001b[1;1Hb"],
    ["hides text", "a\u001b[8mb"],
    ["sets the title", "a\u001b]0;b\u0007"],
    ["writes over the line", "a\rb"],
    ["goes back", "a\bb"],
    ["is one character in eight bits", "a\u009b2Jb"],
    ["is made of two halves", "a\u001b\u001b[2J[2Jb"],
  ])("never comes out: what %s", (_what, text) => {
    const { terminal, shown } = terminalOf("plain");
    terminal.print(text);
    terminal.command(text);
    terminal.error(text);
    // eslint-disable-next-line no-control-regex -- these are what must not be there
    expect(shown.out + shown.err).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    expect(shown.out).toContain("a");
  });

  it("is nothing but line breaks, tabs and the colours that sealring itself uses", () => {
    const own = /\u001b\[(?:0|1|31|36)m/g; // eslint-disable-line no-control-regex -- the same
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("\u001b", "[", "3", "1", "m", "2J", "\u0007", "\n") }),
        (text) => {
          // eslint-disable-next-line no-control-regex -- the same
          expect(printed(text).replace(own, "")).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
        },
      ),
    );
    const kept = "\u001b[1mbold\u001b[0m\tand \u001b[31mred\u001b[0m, \u001b[36mcyan\u001b[0m\n";
    expect(printed(kept)).toBe(kept);
  });
});

describe("on GitHub Actions", () => {
  it.each(["::set-env name=X::1\n", " \t::stop-commands::x\n", "a\n::error::b\n", "\u0007::error::x\n"])(
    "%j is no command but by `command`",
    (text) => {
      const { terminal, shown } = terminalOf("github_actions");
      terminal.print(text);
      terminal.error(text);
      expect(shown.out + shown.err).not.toMatch(/^\s*::/m);
      terminal.command("::notice::x\n");
      expect(shown.out.endsWith("\n::notice::x\n")).toBe(true);
    },
  );

  it("a command in the runner's older form is none either, wherever it stands", () => {
    const { terminal, shown } = terminalOf("github_actions");
    terminal.print("a ##[add-path]b\n");
    expect(shown.out).not.toContain("##[");
  });
});
