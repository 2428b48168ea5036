import fc from "fast-check";
import { expect, test } from "vitest";
import { headersOf, tokenHeader } from "../../src/oauth/wire.ts";

const OWN = ["authorization", "content-type", "cookie", "host", "proxy-authorization", "transfer-encoding"];
const anyOwn = fc.constantFrom(...OWN).chain((name) => fc.mixedCase(fc.constant(name)));

test("a provider's headers have their names in lower case, and the client's id", () => {
  expect(headersOf({ "X-Client": "a {client_id}", Hosts: "b" }, "$&")).toEqual({
    "x-client": "a $&",
    hosts: "b",
  });
});

test("a header that is the request's own is left out, whatever let it by", () => {
  fc.assert(
    fc.property(anyOwn, (name) => {
      expect(headersOf({ [name]: "a" }, "c")).toEqual({});
    }),
  );
});

test("a bare token goes into Authorization, and into no other header that is the request's own", () => {
  expect(tokenHeader("AUTHORIZATION", "a")).toEqual({ authorization: "a" });
  expect(tokenHeader("X-Token", "a")).toEqual({ "x-token": "a" });
  fc.assert(
    fc.property(anyOwn, (name) => {
      fc.pre(name.toLowerCase() !== "authorization");
      expect(tokenHeader(name, "a")).toEqual({});
    }),
  );
});
