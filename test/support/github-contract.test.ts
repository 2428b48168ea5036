import { describe, expect, it } from "vitest";
import { checkAnswer, checkedHandler, checkRequest } from "./github-contract.ts";

const SECRET = "/repos/acme/health-pipeline/actions/secrets/TOKEN";
const HEADERS = new Headers({ "user-agent": "test" });
const SEALED = { encrypted_value: "AAAA", key_id: "1" };

function request(method: string, path: string, body?: unknown): readonly string[] {
  const [pathname = "", search = ""] = path.split("?");
  const text = body === undefined ? "" : JSON.stringify(body);
  return checkRequest({
    method,
    path: pathname,
    query: new URLSearchParams(search),
    headers: HEADERS,
    body: text,
  });
}

function answer(method: string, path: string, status: number, body: string): readonly string[] {
  return checkAnswer({ method, path }, { status, headers: new Headers(), body });
}

describe("a request passes", () => {
  it("when its operation, parameters and body are described", () => {
    expect(request("PUT", SECRET, SEALED)).toEqual([]);
    expect(request("GET", "/repos/acme/health-pipeline/actions/secrets?per_page=100")).toEqual([]);
    expect(request("GET", "/repos/acme/health-pipeline/git/ref/heads/sealring-state")).toEqual([]);
  });
});

describe("a request is at fault", () => {
  it.each([
    ["an operation that is not described", "PATCH", SECRET, SEALED],
    ["a property that is not described", "PUT", SECRET, { ...SEALED, value: "plain" }],
    ["a property that is missing", "PUT", SECRET, { key_id: "1" }],
    ["a property of the wrong type", "PUT", SECRET, { ...SEALED, key_id: 1 }],
    ["no body where one is needed", "PUT", SECRET, undefined],
    ["a body where none is described", "DELETE", SECRET, {}],
    ["a query parameter that is not described", "GET", "/repos/a/b/actions/secrets?limit=1", undefined],
    ["a parameter of the wrong type", "GET", "/repos/a/b/actions/secrets?per_page=many", undefined],
    [
      "a property deep inside",
      "POST",
      "/repos/a/b/git/trees",
      { tree: [{ path: "a", content: "", size: 1 }] },
    ],
  ])("with %s", (_fault, method, path, body) => {
    expect(request(method, path, body)).toHaveLength(1);
  });

  it("without a user agent", () => {
    const bare = {
      method: "GET",
      path: "/user",
      query: new URLSearchParams(),
      headers: new Headers(),
      body: "",
    };
    expect(checkRequest(bare)).toEqual(["users/get-authenticated: the header user-agent is missing"]);
  });
});

describe("an answer", () => {
  it("passes with a described status and body, or as one of GitHub's general errors", () => {
    expect(
      answer(
        "GET",
        SECRET,
        200,
        '{"name":"A","created_at":"2026-11-22T12:00:00Z","updated_at":"2026-11-22T12:00:00Z"}',
      ),
    ).toEqual([]);
    expect(answer("PUT", SECRET, 204, "")).toEqual([]);
    expect(answer("GET", SECRET, 403, '{"message":"no"}')).toEqual([]);
  });

  it.each([
    ["a status that is not described", 202, "{}"],
    ["a property that is missing", 200, '{"name":"A"}'],
    ["a time that is none", 200, '{"name":"A","created_at":"noon","updated_at":"2026-11-22T12:00:00Z"}'],
    ["a body that is not JSON", 200, "<html>"],
    ["an error in another shape", 403, '{"message":1}'],
  ])("is at fault with %s", (_fault, status, body) => {
    expect(answer("GET", SECRET, status, body)).toHaveLength(1);
  });
});

it("a checked handler collects what is wrong on either side, and still answers", async () => {
  const violations: string[] = [];
  const handler = checkedHandler(
    async () => ({ delivery: "whole", response: new Response("{}") }),
    violations,
  );
  const { response } = await handler(new Request("http://127.0.0.1/user?verbose=1", { headers: HEADERS }));
  expect(await response.text()).toBe("{}");
  expect(violations).toHaveLength(2);
});
