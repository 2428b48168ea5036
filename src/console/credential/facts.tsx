import { GRANT_WORDS } from "../../adding/about-client.ts";
import type { Credential } from "../../declaration/credential.ts";
import { Fact } from "../../page/fact.tsx";
import { safeHref } from "../../page/href.ts";
import { Owner } from "../../page/owner.tsx";
import { findEntry } from "../../providers/catalogue.ts";

/** What its file says of it. */
export function DeclaredFacts({ credential }: { readonly credential: Credential }) {
  const { owner, grant, client, redirectUri, environment, file } = credential;
  return (
    <dl class="facts">
      <Fact label="Provider">
        <ProviderName credential={credential} />
      </Fact>
      {owner === undefined ? null : (
        <Fact label="Owner">
          <Owner owner={owner} />
        </Fact>
      )}
      <Fact label="Grant">{GRANT_WORDS[grant]}</Fact>
      <Fact label="Client id">
        <code>{client.id}</code>
      </Fact>
      <Fact label="Client secret">
        {client.secretName === undefined ? "none: a public client" : <code>{client.secretName}</code>}
      </Fact>
      {grant === "authorization_code" ? (
        <Fact label="Redirect URI">
          {redirectUri === undefined ? (
            "a free port of this machine, at each authorization"
          ) : (
            <code>{redirectUri}</code>
          )}
        </Fact>
      ) : null}
      <Fact label="Tokens live in">
        {environment === null ? "secrets of the repository" : `the environment ${environment}`}
      </Fact>
      <Fact label="Declared in">
        <code>{file}</code>
      </Fact>
    </dl>
  );
}

function ProviderName({ credential: { provider } }: { readonly credential: Credential }) {
  const href = safeHref(provider.id === "inline" ? provider.metadata.issuer : findEntry(provider.id)?.docs);
  return href === undefined ? <>{provider.name}</> : <a href={href}>{provider.name}</a>;
}
