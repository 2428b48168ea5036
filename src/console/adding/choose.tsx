import { listCatalogue } from "../../commands/providers.ts";
import type { ShownProvider } from "../../commands/providers.ts";
import { searchCatalogue } from "../../commands/search-providers.ts";
import { Badge } from "../../page/badge.tsx";
import type { ProviderStatus } from "../../providers/catalogue.ts";

export interface ChooseProps {
  readonly query: string;
  /** What was typed as an issuer and is none; undefined: nothing. */
  readonly issuer?: { readonly typed: string; readonly fault: string } | undefined;
}

/** The first step of adding a credential: whose it is. */
export function Choose({ query, issuer }: ChooseProps) {
  const all = listCatalogue();
  const found = query.trim() === "" ? all : searchCatalogue(all, [query]);
  return (
    <>
      <form
        class="finder"
        method="get"
        action="/add"
        role="search"
        aria-label="Providers"
        data-finds="providers"
      >
        <p>
          <label for="provider-query">Which account is it?</label>
          <input
            id="provider-query"
            name="q"
            type="search"
            value={query}
            placeholder="Oura, Strava, a scope…"
            autocomplete="off"
            spellcheck={false}
          />
        </p>
        <button type="submit">Find</button>
      </form>
      <Found found={found} />
      <ByIssuer issuer={issuer} />
    </>
  );
}

/** One that the catalogue does not have. */
function ByIssuer({ issuer }: Pick<ChooseProps, "issuer">) {
  return (
    <section class="card" aria-labelledby="by-issuer">
      <h2 id="by-issuer">Another one, by its issuer</h2>
      <form method="get" action="/add/issuer">
        <div class="field">
          <label for="issuer">Issuer</label>
          <p class="help" id="issuer:help">
            The address of its authorization server. What it publishes of itself is looked up there.
          </p>
          <input
            id="issuer"
            name="issuer"
            type="url"
            required
            placeholder="https://id.example.com"
            value={issuer?.typed}
            aria-describedby={issuer === undefined ? "issuer:help" : "issuer:help issuer:fault"}
            aria-invalid={issuer === undefined ? undefined : "true"}
            autofocus={issuer !== undefined}
            autocomplete="off"
          />
          <div class="field-fault" id="issuer:fault">
            {issuer === undefined ? null : <p>{issuer.fault}</p>}
          </div>
        </div>
        <button type="submit">Go on</button>
      </form>
    </section>
  );
}

function Found({ found }: { readonly found: readonly ShownProvider[] }) {
  return (
    <div id="providers">
      <p role="status" class="faint">
        {found.length === 0
          ? "No provider of the catalogue is called so. It may still work by its issuer."
          : `${String(found.length)} ${found.length === 1 ? "provider" : "providers"}`}
      </p>
      <ul class="choices">
        {found.map(({ entry: { id, name, status } }) => (
          <li>
            <a class="card choice" href={`/add/${id}`} data-overlay>
              <strong>{name}</strong> <code>{id}</code>
              <Status status={status} />
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

const STATUS: Readonly<Partial<Record<ProviderStatus, string>>> = {
  approval_required: "approves clients first",
  closed_to_new_apps: "no new clients",
  retired: "shut down",
};

function Status({ status }: { readonly status: ProviderStatus }) {
  const words = STATUS[status];
  return words === undefined ? null : <Badge tone={status === "retired" ? "bad" : "warning"}>{words}</Badge>;
}
