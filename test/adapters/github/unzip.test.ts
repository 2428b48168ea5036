import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { textsInZip } from "../../../src/adapters/github/unzip.ts";

const TEXT = '{"version":1,"credential":"oura"}\n'.repeat(3);
const NAME = "oura.box.json";

/** The same file, zipped by others: as a stream, with its sizes behind it, as `actions/upload-artifact` does it. */
const ZIPS = {
  "Python's zipfile, streamed":
    "UEsDBBQACAAIAABgdl0AAAAAAAAAAAAAAAATAAAAYm94ZXMvb3VyYS5ib3guanNvbqtWKkstKs7Mz1OyMtRRSi5KTUnNK8lMzFGyUsovLUpUquWqpoIKAFBLBwg3WqRuJwAAAGYAAABQSwECFAMUAAgACAAAYHZdN1qkbicAAABmAAAAEwAAAAAAAAAAAAAAgAEAAAAAYm94ZXMvb3VyYS5ib3guanNvblBLBQYAAAAAAQABAEEAAABoAAAAAAA=",
  "Python's zipfile, streamed for more than 4 GB":
    "UEsDBC0ACAAIAABgdl0AAAAA//////////8NABQAb3VyYS5ib3guanNvbgEAEAAAAAAAAAAAAAAAAAAAAAAAq1YqSy0qzszPU7Iy1FFKLkpNSc0ryUzMUbJSyi8tSlSq5aqmggoAUEsHCDdapG4nAAAAAAAAAGYAAAAAAAAAUEsBAi0DLQAIAAgAAGB2XTdapG4nAAAAZgAAAA0AAAAAAAAAAAAAAIABAAAAAG91cmEuYm94Lmpzb25QSwUGAAAAAAEAAQA7AAAAfgAAAAAA",
  "Info-ZIP, into a pipe":
    "UEsDBBQACAAIAABgdl0AAAAAAAAAAGYAAAANAAAAb3VyYS5ib3guanNvbqtWKkstKs7Mz1OyMtRRSi5KTUnNK8lMzFGyUsovLUpUquWqpoIKAFBLBwg3WqRuJwAAAGYAAABQSwECHgMUAAgACAAAYHZdN1qkbicAAABmAAAADQAAAAAAAAABAAAApIEAAAAAb3VyYS5ib3guanNvblBLBQYAAAAAAQABADsAAABiAAAAAAA=",
  "Python's zipfile, into a file":
    "UEsDBBQAAAAIAABgdl03WqRuJwAAAGYAAAATAAAAYm94ZXMvb3VyYS5ib3guanNvbqtWKkstKs7Mz1OyMtRRSi5KTUnNK8lMzFGyUsovLUpUquWqpoIKAFBLAQIUAxQAAAAIAABgdl03WqRuJwAAAGYAAAATAAAAAAAAAAAAAACAAQAAAABib3hlcy9vdXJhLmJveC5qc29uUEsFBgAAAAABAAEAQQAAAFgAAAAAAA==",
};

test.each(Object.entries(ZIPS))("a zip of %s is read", (_writer, base64) => {
  expect(textsInZip(Buffer.from(base64, "base64"), NAME)).toEqual([TEXT]);
});

test("what is not packed is read as well", () => {
  expect(textsInZip(zipSync({ [NAME]: Buffer.from(TEXT) }, { level: 0 }), NAME)).toEqual([TEXT]);
});

test.each([0, 6] as const)("a file that unpacks to more than a box can be is left in (level %i)", (level) => {
  const limit = 256 * 1024;
  const files = { [`a/${NAME}`]: new Uint8Array(limit + 1), [NAME]: new Uint8Array(limit) };
  expect(textsInZip(zipSync(files, { level }), NAME).map(({ length }) => length)).toEqual([limit]);
});

test("a file that says that it is small is unpacked no further than that", () => {
  const zip = Buffer.from(zipSync({ [NAME]: Buffer.alloc(200_000, "x") }));
  const directory = zip.indexOf("PK\u0001\u0002");
  zip.writeUInt32LE(10, directory + 24);
  expect(textsInZip(zip, NAME)).toEqual(["x".repeat(10)]);
});

test("a file that takes more room packed than a box can is left in, whatever it says that it unpacks to", () => {
  const zip = Buffer.from(zipSync({ [NAME]: Buffer.from(randomBytes(300_000).toString("hex")) }));
  zip.writeUInt32LE(10, zip.indexOf("PK\u0001\u0002") + 24);
  expect(textsInZip(zip, NAME)).toEqual([]);
});

test("of many boxes of one name eight are read, so that their sum is bounded as well", () => {
  const paths = Array.from({ length: 40 }, (_, index) => `${String(index)}/${NAME}`);
  const files = Object.fromEntries(paths.map((path) => [path, Buffer.from(path)]));
  expect(textsInZip(zipSync(files), NAME)).toEqual(paths.slice(0, 8));
});

test("a zip with more files than credentials can be is not looked through", () => {
  const filesOf = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [index, new Uint8Array()]));
  const zipOf = (count: number) =>
    zipSync({ ...filesOf(count - 1), [NAME]: Buffer.from(TEXT) }, { level: 0 });
  expect(textsInZip(zipOf(10_000), NAME)).toEqual([TEXT]);
  expect(textsInZip(zipOf(10_001), NAME)).toEqual([]);
});

test("a directory that counts billions of files does not keep anyone busy", () => {
  const zip = Buffer.from(ZIPS["Python's zipfile, streamed for more than 4 GB"], "base64");
  const end = zip.indexOf("PK\u0005\u0006");
  const big = Buffer.alloc(56);
  big.write("PK\u0006\u0006");
  big.writeBigUInt64LE(4_000_000_000n, 32);
  const locator = Buffer.alloc(20);
  locator.write("PK\u0006\u0007");
  locator.writeBigUInt64LE(BigInt(end), 8);
  expect(textsInZip(Buffer.concat([zip.subarray(0, end), big, locator, zip.subarray(end)]), NAME)).toEqual(
    [],
  );
});

test("whatever the bytes are, nothing is thrown and nothing grows", () => {
  const whole = Buffer.from(Object.values(ZIPS)[0] ?? "", "base64");
  const spoilt = fc
    .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
    .map((changes) => {
      const zip = Buffer.from(whole);
      for (const [at, byte] of changes) zip[at] = byte;
      return zip;
    });
  const cut = fc.nat(whole.length).map((length) => whole.subarray(0, length));
  const bytes = fc.oneof(spoilt, cut, fc.uint8Array({ maxLength: 200 }));
  fc.assert(
    fc.property(bytes, (zip) => {
      for (const text of textsInZip(zip, NAME)) expect(text.length).toBeLessThanOrEqual(256 * 1024);
    }),
    { numRuns: 500 },
  );
});
