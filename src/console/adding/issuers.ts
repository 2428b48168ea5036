import { byIssuer, catalogued } from "../../adding/subject.ts";
import type { Found, Subject } from "../../adding/subject.ts";
import { lookUp } from "../../commands/add-subject.ts";
import type { HttpClient } from "../../ports.ts";
import { findEntry } from "../../providers/catalogue.ts";

/** More issuers than anybody adds in a day. */
const MOST_KEPT = 50;

/** The providers of new credentials. What an issuer publishes is asked for once, not at every key that is typed. */
export class Issuers {
  readonly #http: HttpClient;
  readonly #found = new Map<string, Promise<Found | undefined>>();

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** `id` is one of the catalogue, or `issuer`, whose address is beside it; undefined: there is no such provider. */
  async subjectOf(id: string, issuer: string): Promise<Subject | undefined> {
    if (id === "issuer") return issuer === "" ? undefined : byIssuer(issuer, await this.#look(issuer));
    const entry = findEntry(id);
    return entry && catalogued(entry);
  }

  /** The scopes that an issuer tells of; none where it cannot be asked. */
  async scopesOf(issuer: string | undefined): Promise<readonly string[]> {
    const found = issuer === undefined ? undefined : await this.#look(issuer);
    return found?.kind === "published" ? found.published.scopes : [];
  }

  /** The next form asks the server anew. */
  forget(issuer: string | undefined): void {
    if (issuer !== undefined) this.#found.delete(issuer);
  }

  #look(issuer: string): Promise<Found | undefined> {
    const known = this.#found.get(issuer) ?? lookUp(this.#http, issuer);
    if (this.#found.size >= MOST_KEPT) this.#found.clear();
    this.#found.set(issuer, known);
    known.catch(() => this.#found.delete(issuer));
    return known;
  }
}
