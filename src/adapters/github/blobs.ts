import { SealringError } from "../../errors.ts";
import type { Api } from "./api.ts";
import { valueOf } from "./outcome.ts";

/** As many texts as one query asks for: entries of a journal, of a kilobyte or two each. */
const MOST = 100;

/** One by one is as quick for so few, and needs no GraphQL. */
const FEW = 3;

interface Asked {
  readonly blob: string;
  readonly settle: (text: string | Promise<string>) => void;
}

/** Reads one blob by itself. */
export type ReadOne = (blob: string) => Promise<string>;

/**
 * Texts of blobs that are asked for in the same turn, by one GraphQL query, which REST's hour does not count. What a query
 * does not give whole is read by itself: a text that is too long, and every one where there is no GraphQL.
 */
export class Blobs {
  readonly #api: Api;
  readonly #repository: { readonly owner: string; readonly repo: string };
  readonly #readOne: ReadOne;
  #asked: Asked[] = [];

  constructor(api: Api, repository: { readonly owner: string; readonly repo: string }, readOne: ReadOne) {
    this.#api = api;
    this.#repository = repository;
    this.#readOne = readOne;
  }

  /** A blob's text. */
  text(blob: string): Promise<string> {
    if (this.#asked.length === 0) setImmediate(() => void this.#answer());
    return new Promise((settle) => this.#asked.push({ blob, settle }));
  }

  async #answer(): Promise<void> {
    const asked = this.#asked;
    this.#asked = [];
    for (let from = 0; from < asked.length; from += MOST) {
      const some = asked.slice(from, from + MOST);
      const texts = some.length <= FEW ? undefined : await this.#query(some.map(({ blob }) => blob));
      for (const [index, { blob, settle }] of some.entries())
        settle(wholeText(texts, index) ?? this.#readOne(blob));
    }
  }

  /** undefined: REST has to do. */
  async #query(blobs: readonly string[]): Promise<unknown> {
    const query = blobsQuery(this.#repository, blobs);
    const outcome = await this.#api.query(query).catch((error: unknown) => {
      // GraphQL's own hour is used up; REST has another.
      if (error instanceof SealringError) return undefined;
      throw error;
    });
    return outcome?.kind === "data" ? outcome.data : undefined;
  }
}

/** The text of the object that was asked for at this place; undefined: it is not there, or not whole. */
export function wholeText(data: unknown, index: number): string | undefined {
  const of = (field: string) => valueOf(data, ["repository", aliasOf(index), field]);
  const text = of("text");
  return typeof text === "string" && of("isTruncated") === false ? text : undefined;
}

export function blobsQuery(
  repository: { readonly owner: string; readonly repo: string },
  blobs: readonly string[],
): string {
  return textsQuery(
    repository,
    blobs.map((blob) => `oid: "${blob}"`),
  );
}

/** Each object by the argument that names it. Names and ids are of forms that need no quoting. */
export function textsQuery(
  { owner, repo }: { readonly owner: string; readonly repo: string },
  named: readonly string[],
): string {
  const objects = named.map(
    (argument, index) => `    ${aliasOf(index)}: object(${argument}) { ... on Blob { text isTruncated } }`,
  );
  return `query {\n  repository(owner: "${owner}", name: "${repo}") {\n${objects.join("\n")}\n  }\n}`;
}

function aliasOf(index: number): string {
  return `b${String(index)}`;
}
