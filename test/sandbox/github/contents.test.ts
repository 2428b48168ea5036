import { describe, expect, it } from "vitest";
import { connect, PATH, REPOSITORY } from "./client.ts";

const CONTENTS = `${PATH}/contents`;
const MEBIBYTE = 1024 * 1024;

describe("a file", () => {
  it("comes in base64 with line breaks, from the default branch or the ref that is asked for", async () => {
    const { sandbox, send } = await connect();
    const text = "è".repeat(50);
    sandbox.commit(REPOSITORY, { branch: "main", files: { "a/b.txt": text }, message: "m" });
    sandbox.commit(REPOSITORY, { branch: "other", files: { "a/b.txt": "other" }, message: "m" });
    const { body } = await send("GET", `${CONTENTS}/a/b.txt`);
    expect(body).toMatchObject({ type: "file", path: "a/b.txt", encoding: "base64", size: 100 });
    const { content } = body as { content: string };
    expect(content.split("\n")[0]).toHaveLength(60);
    expect(Buffer.from(content, "base64").toString()).toBe(text);
    const other = (await send("GET", `${CONTENTS}/a%2Fb.txt?ref=other`)).body as { content: string };
    expect(Buffer.from(other.content, "base64").toString()).toBe("other");
  });

  it("comes without its content when it is over 1 MB", async () => {
    const { sandbox, send } = await connect();
    const files = { fits: "a".repeat(MEBIBYTE), large: "a".repeat(MEBIBYTE + 1) };
    sandbox.commit(REPOSITORY, { branch: "main", files, message: "m" });
    expect((await send("GET", `${CONTENTS}/fits`)).body).toMatchObject({ encoding: "base64" });
    expect((await send("GET", `${CONTENTS}/large`)).body).toMatchObject({ encoding: "none", content: "" });
  });

  it("is not found where it is not, or at a ref that is none", async () => {
    const { send } = await connect();
    expect((await send("GET", `${CONTENTS}/nowhere`)).status).toBe(404);
    expect((await send("GET", `${CONTENTS}/README.md?ref=nowhere`)).status).toBe(404);
  });
});

it("a directory is listed", async () => {
  const { sandbox, send } = await connect();
  const files = { "a/b.txt": "b", "a/c/d.txt": "d" };
  sandbox.commit(REPOSITORY, { branch: "main", files, message: "m" });
  expect((await send("GET", `${CONTENTS}/a`)).body).toMatchObject([
    { type: "file", path: "a/b.txt" },
    { type: "dir", path: "a/c" },
  ]);
});
