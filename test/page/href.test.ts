import { expect, it } from "vitest";
import { mailHref, safeHref } from "../../src/page/href.ts";

it("a link leads to addresses of the web only", () => {
  expect(safeHref("https://github.com/acme/app/actions/runs/7")).toBe(
    "https://github.com/acme/app/actions/runs/7",
  );
  for (const bad of [
    "javascript:alert(1)",
    "data:text/html,x",
    " java\nscript:alert(1)",
    "/relative",
    undefined,
  ])
    expect(safeHref(bad)).toBeUndefined();
});

it("an owner is written to where it is plainly one address, with nothing added", () => {
  expect(mailHref("data-platform@acme.example")).toBe("mailto:data-platform@acme.example");
  for (const bad of [
    "@acme/data",
    "a@b.example?cc=c@d.example",
    "a@b.example,c@d.example",
    "Ann <a@b.example>",
    "a@b",
  ])
    expect(mailHref(bad)).toBeUndefined();
});
