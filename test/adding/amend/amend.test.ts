import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amend } from "../../../src/adding/amend/amend.ts";
import { plainOf } from "../../../src/adding/amend/plain.ts";
import { diffLines } from "../../../src/difference/line-diff.ts";

const COMMENTED = `# The study's own ring.
#   Ask Ana before you touch it.
version: 1   # of the format

# about it
name:   oura    # = the file's name
owner: 'data@acme.example'    # who is called

provider: oura
grant: authorization_code
client:
  # public, says the RFC
  id: "4c1b7a"    # from the portal
  secret:   OURA_CLIENT_SECRET

scopes: [personal,  daily]   # what the study needs
redirect_uri: http://localhost:8484/callback

# what pipelines read
outputs:
  OURA_ACCESS_TOKEN:   access_token # the one
  # the end of outputs

destinations:
  - repository:   acme/health   # production
    environment: production

  # the other
  - { organization: acme,  visibility: all }  # everywhere
# the end
`;

/** What the old text and the new one do not have in common. */
function changedLines(wanted: (value: Members) => Members): readonly string[] {
  const before = plainOf(COMMENTED) as Members;
  const after = amend(COMMENTED, wanted(before));
  return diffLines(COMMENTED, after).filter((line) => /^[+-]/.test(line));
}

type Members = Readonly<Record<string, unknown>>;

const without = (value: Members, key: string): Members =>
  Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
const client = { id: "4c1b7a", secret: "OURA_CLIENT_SECRET" };
const health = { repository: "acme/health", environment: "production" };
const acme = { organization: "acme", visibility: "all" };

describe("a file that is amended", () => {
  it("stays byte for byte where nothing is changed", () => {
    expect(changedLines((value) => value)).toEqual([]);
  });

  it("keeps the line ends that it has, those of new lines and of brackets, too", () => {
    const dos = COMMENTED.replaceAll("\n", "\r\n");
    const wanted = { ...(plainOf(COMMENTED) as Members), refresh: { margin: "8h" }, scopes: ["email"] };
    expect(amend(dos, wanted)).toBe(amend(COMMENTED, wanted).replaceAll("\n", "\r\n"));
    const mixed = dos.replace("\r\n", "\n");
    expect(amend(mixed, plainOf(mixed) as Members)).toBe(mixed);
  });

  it("has another value in its place, in the quotes and with the comment of the old", () => {
    expect(
      changedLines((value) => ({ ...value, owner: "it's me", client: { ...client, id: "new" } })),
    ).toEqual([
      "-owner: 'data@acme.example'    # who is called",
      "+owner: 'it''s me'    # who is called",
      '-  id: "4c1b7a"    # from the portal',
      '+  id: "new"    # from the portal',
    ]);
  });

  it("has a new member behind the one that it follows", () => {
    const described = ({ version, name, ...rest }: Members) => ({
      version,
      name,
      description: "Sleep: all",
      ...rest,
    });
    expect(changedLines(described)).toEqual(['+description: "Sleep: all"']);
    expect(
      changedLines((value) => ({ ...value, client: { ...client, token_endpoint_auth_method: "none" } })),
    ).toEqual(["+  token_endpoint_auth_method: none"]);
    expect(
      changedLines((value) => ({
        ...value,
        outputs: { OURA_ACCESS_TOKEN: "access_token", END: "expires_at" },
      })),
    ).toEqual(["+  END: expires_at"]);
    expect(changedLines((value) => ({ ...value, refresh: { margin: "8h" } }))).toEqual([
      "+refresh:",
      "+  margin: 8h",
    ]);
  });

  it("loses a member's own lines, and no comment of another", () => {
    expect(changedLines((value) => without(value, "redirect_uri"))).toEqual([
      "-redirect_uri: http://localhost:8484/callback",
    ]);
    expect(changedLines((value) => without(value, "destinations"))).toHaveLength(6);
  });

  it("has brackets written anew, and nothing around them", () => {
    expect(changedLines((value) => ({ ...value, scopes: ["personal", "daily", "heartrate"] }))).toEqual([
      "-scopes: [personal,  daily]   # what the study needs",
      "+scopes: [personal, daily, heartrate]   # what the study needs",
    ]);
    const selected = { ...acme, visibility: "selected", repositories: ["a", "b"] };
    expect(changedLines((value) => ({ ...value, destinations: [health, selected] }))).toEqual([
      "-  - { organization: acme,  visibility: all }  # everywhere",
      "+  - {organization: acme, visibility: selected, repositories: [a, b]}  # everywhere",
    ]);
  });

  it("gains and loses items of a list", () => {
    const more = { repository: "acme/more" };
    expect(changedLines((value) => ({ ...value, destinations: [health, acme, more] }))).toEqual([
      "+  - repository: acme/more",
    ]);
    expect(changedLines((value) => ({ ...value, destinations: [more, health, acme] }))).toEqual([
      "+  - repository: acme/more",
    ]);
    expect(changedLines((value) => ({ ...value, destinations: [acme] }))).toEqual([
      "-  - repository:   acme/health   # production",
      "-    environment: production",
    ]);
  });

  it.each([
    ["one gone, one new", ["personal", "tag"], "- personal # for age\n- tag\n"],
    ["one new, one gone", ["tag", "daily"], "- tag\n- daily # for sleep\n"],
    ["one in the place of another", ["daily", "tag"], "- daily # for sleep\n- tag\n"],
    ["one between", ["daily", "tag", "personal"], "- daily # for sleep\n- tag\n- personal # for age\n"],
    ["none of the old", ["tag"], "- tag\n"],
  ])("keeps each comment with the word that it is about: %s", (_, scopes, lines) => {
    const text = "scopes:\n- daily # for sleep\n- personal # for age\n# the end\n";
    expect(amend(text, { scopes })).toBe(`scopes:\n${lines}# the end\n`);
  });

  it("keeps each comment with its row where one goes and another comes", () => {
    const more = { repository: "acme/more" };
    expect(changedLines((value) => ({ ...value, destinations: [acme, more] }))).toEqual([
      "-  - repository:   acme/health   # production",
      "-    environment: production",
      "+  - repository: acme/more",
    ]);
  });

  it("keeps the keys that were not asked about, and comes without an end of its last line", () => {
    expect(amend("a: 1\nb: {x: 1}\nc: 3", { a: 1, b: { x: 1 }, c: 3, d: [4] })).toBe(
      "a: 1\nb: {x: 1}\nc: 3\nd: [4]",
    );
  });

  it("is refused where an alias would change along", () => {
    expect(() => amend("a: &one [1]\nb: *one\n", { a: [2], b: [1] })).toThrow("parts of it are shared");
  });

  it("says what was wanted, whatever that is", () => {
    const word = fc.oneof(
      fc.stringMatching(/^[ -~ä\n#:'"-]{0,12}$/),
      fc.constantFrom("null", "1", "- x", "a: b", "#"),
    );
    const key = fc.stringMatching(/^[a-z_][a-z_]{0,3}$/);
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, word, fc.integer(), fc.boolean(), tie("list"), tie("map")),
      list: fc.array(tie("value"), { maxLength: 4 }),
      map: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
    }));
    const document = fc.dictionary(key, value, { minKeys: 1, maxKeys: 5, noNullPrototype: true });
    fc.assert(
      fc.property(document, document, (one, other) => {
        const text = amend("x: 1\n", { ...one });
        expect(plainOf(text)).toEqual(one);
        expect(plainOf(amend(text, { ...other }))).toEqual(other);
      }),
      { numRuns: 60 },
    );
  });
});
