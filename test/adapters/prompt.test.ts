import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createPrompt } from "../../src/adapters/prompt.ts";
import type { Prompt } from "../../src/ports.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";

interface Terminal {
  readonly prompt: Prompt;
  readonly input: PassThrough;
  shown(): string;
}

function terminal(kind: "tty" | "pipe" | "no_input"): Terminal {
  const input = Object.assign(new PassThrough(), { isTTY: kind !== "pipe", setRawMode: () => undefined });
  const output = new PassThrough();
  let shown = "";
  output.on("data", (chunk: Buffer) => (shown += chunk.toString()));
  return { prompt: createPrompt({ input, output, noInput: kind === "no_input" }), input, shown: () => shown };
}

describe("at a terminal", () => {
  it("a question is asked and answered", async () => {
    const { prompt, input, shown } = terminal("tty");
    expect(prompt.interactive).toBe(true);
    const answer = prompt.text("Which one?");
    input.write("this\r");
    expect(await answer).toBe("this");
    expect(shown()).toContain("Which one?");
  });

  it("a hidden value is nowhere on the screen", async () => {
    const { prompt, input, shown } = terminal("tty");
    const answer = prompt.hidden("Client secret");
    input.write(`${CANARIES.accessToken}\r`);
    expect((await answer).reveal()).toBe(CANARIES.accessToken);
    expectNoCanary(shown());
  });

  it("yes has to be said: enter alone is no", async () => {
    const first = terminal("tty");
    const no = first.prompt.confirm("Really?");
    first.input.write("\r");
    expect(await no).toBe(false);
    const second = terminal("tty");
    const yes = second.prompt.confirm("Really?");
    second.input.write("y");
    expect(await yes).toBe(true);
  });

  it("where yes is the answer of enter alone, no has to be said", async () => {
    const first = terminal("tty");
    const yes = first.prompt.confirm("Save?", "yes");
    first.input.write("\r");
    expect(await yes).toBe(true);
    const second = terminal("tty");
    const no = second.prompt.confirm("Save?", "yes");
    second.input.write("n");
    expect(await no).toBe(false);
  });

  it("Ctrl-C, or a signal, leaves the question without an answer", async () => {
    const first = terminal("tty");
    const interrupted = first.prompt.text("Which one?");
    first.input.write("\u0003");
    await expect(interrupted).rejects.toMatchObject({ code: "interrupted" });
    const second = terminal("tty");
    const late = new AbortController();
    const aborted = second.prompt.text("Which one?", late.signal);
    late.abort();
    await expect(aborted).rejects.toMatchObject({ code: "interrupted" });
  });
});

describe("a field", () => {
  const judge = (typed: string) => (typed === "bad" ? "not this one" : undefined);

  it("takes what was typed, without the spaces around it, and what it has where nothing was", async () => {
    const first = terminal("tty");
    const typed = first.prompt.field({ question: "Name", fallback: "oura", judge });
    first.input.write(" ring \r");
    expect(await typed).toBe("ring");
    const second = terminal("tty");
    const usual = second.prompt.field({ question: "Name", fallback: "oura", judge });
    second.input.write("\r");
    expect(await usual).toBe("oura");
  });

  it("says what is wrong with an answer, and waits for a better one", async () => {
    const { prompt, input, shown } = terminal("tty");
    const answer = prompt.field({ question: "Name", fallback: "bad", judge });
    for (const keys of ["\r", "good", "\r"]) input.write(keys);
    expect(await answer).toBe("good");
    expect(shown()).toContain("not this one");
  });
});

describe("a list", () => {
  const choices = ["a", "b", "c"].map((value) => ({ value, label: `the ${value}` }));
  const many = Array.from({ length: 20 }, (_, number) => ({
    value: String(number),
    label: `number ${String(number)}`,
  }));
  const DOWN = "\u001b[B";

  it("gives the choice that was taken", async () => {
    const { prompt, input, shown } = terminal("tty");
    const taken = prompt.select("Which?", choices);
    input.write(DOWN);
    input.write("\r");
    expect(await taken).toBe("b");
    expect(shown()).toContain("the c");
  });

  it("gives those that were ticked, in its own order; none where Enter comes first", async () => {
    const first = terminal("tty");
    const ticked = first.prompt.multiselect("Which?", choices);
    for (const key of [DOWN, DOWN, " ", DOWN, " ", "\r"]) first.input.write(key);
    expect(await ticked).toEqual(["a", "c"]);
    const second = terminal("tty");
    const none = second.prompt.multiselect("Which?", choices);
    second.input.write("\r");
    expect(await none).toEqual([]);
  });

  it("may have some ticked from the start", async () => {
    const first = terminal("tty");
    const ticked = first.prompt.multiselect("Which?", choices, ["c"]);
    for (const key of [" ", "\r"]) first.input.write(key);
    expect(await ticked).toEqual(["a", "c"]);
    const second = terminal("tty");
    const kept = second.prompt.multiselect("Which?", many, ["4"]);
    second.input.write("\r");
    expect(await kept).toEqual(["4"]);
  });

  it("stays open where nothing in it matches what is typed", async () => {
    const { prompt, input, shown } = terminal("tty");
    const taken = prompt.select("Which?", many);
    for (const key of ["z", "\r", "\u007f", "1", "7", "\r"]) input.write(key);
    expect(await taken).toBe("17");
    expect(shown()).toContain("nothing in the list matches");
  });

  it("keeps the choice that is always there, whatever is typed", async () => {
    const { prompt, input } = terminal("tty");
    const taken = prompt.select("Which?", [...many, { value: "other", label: "Another one", always: true }]);
    for (const key of ["z", "z", "\r"]) input.write(key);
    expect(await taken).toBe("other");
  });

  it("is searched by typing where it is long", async () => {
    const first = terminal("tty");
    const taken = first.prompt.select("Which?", many);
    for (const key of ["1", "7", "\r"]) first.input.write(key);
    expect(await taken).toBe("17");
    const second = terminal("tty");
    const ticked = second.prompt.multiselect("Which?", many);
    for (const key of ["1", "7", DOWN, "\t", "\r"]) second.input.write(key);
    expect(await ticked).toEqual(["17"]);
  });
});

describe("at a pipe", () => {
  it("text reads line by line, across questions and chunks", async () => {
    const { prompt, input } = terminal("pipe");
    expect(prompt.interactive).toBe(false);
    input.write("one\ntw");
    expect(await prompt.text("?")).toBe("one");
    const second = prompt.text("?");
    input.end("o\nthree");
    expect(await second).toBe("two");
    expect(await prompt.text("?")).toBe("three");
    await expect(prompt.text("What?")).rejects.toMatchObject({
      code: "usage",
      message: "nobody is there to ask: What?",
    });
  });

  it("a question ends when its time is over", async () => {
    const { prompt } = terminal("pipe");
    const late = new AbortController();
    const answer = prompt.text("?", late.signal);
    late.abort();
    await expect(answer).rejects.toMatchObject({ code: "usage" });
  });

  it("what needs a person is not asked", async () => {
    const { prompt } = terminal("pipe");
    await expect(prompt.hidden("?")).rejects.toMatchObject({ code: "usage" });
    await expect(prompt.confirm("?")).rejects.toMatchObject({ code: "usage" });
    const field = { question: "?", fallback: "", judge: () => undefined };
    for (const asking of [prompt.field(field), prompt.select("?", []), prompt.multiselect("?", [])]) {
      await expect(asking).rejects.toMatchObject({ code: "usage", message: "nobody is there to ask: ?" });
    }
  });
});

it("under --no-input nothing is asked, and the error says what would have been", async () => {
  const { prompt, shown } = terminal("no_input");
  expect(prompt.interactive).toBe(false);
  for (const asking of [prompt.text("Which?"), prompt.hidden("Which?"), prompt.confirm("Which?")]) {
    await expect(asking).rejects.toMatchObject({ code: "usage", message: "nobody is there to ask: Which?" });
  }
  expect(shown()).toBe("");
});
