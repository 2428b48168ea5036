import { expect, it } from "vitest";
import { mailHref, runHref, safeHref } from "../../src/page/href.ts";

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

it("a run is linked to where it is one of this repository, at its GitHub", () => {
  const site = { webUrl: "https://ghe.acme.example:8443", repository: "Acme/app" };
  const run = "https://ghe.acme.example:8443/acme/app/actions/runs/7";
  expect(runHref(run, site)).toBe(run);
  for (const other of [
    undefined,
    "https://github.com/acme/app/actions/runs/7",
    "https://ghe.acme.example:8443.evil.example/acme/app/actions/runs/7",
    "https://ghe.acme.example:8443@evil.example/acme/app/actions/runs/7",
    "https://evil.example/https://ghe.acme.example:8443/acme/app/actions/runs/7",
    "https://ghe.acme.example:8443/acme/app/settings",
    "https://ghe.acme.example:8443/acme/app/../evil/actions/runs/7",
    "https://ghe.acme.example:8443/acme/app/actions/runs/7/../../../settings",
    "https://ghe.acme.example:8443/acme/app/actions/runs/7?x=1",
    "https://ghe.acme.example:8443/acme/app/actions/runs/",
    `${run}\n`,
  ])
    expect(runHref(other, site), other).toBeUndefined();
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
