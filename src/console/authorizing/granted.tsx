import type { Credential } from "../../declaration/credential.ts";
import { prefixAdvice } from "../../oauth/scope-prefix.ts";
import { Badge } from "../../page/badge.tsx";
import type { Authorized } from "../../protocol/authorize.ts";

/** The declared scopes, each with whether it was granted; and what that means. */
export function Granted({
  credential,
  result,
}: {
  readonly credential: Credential;
  readonly result: Authorized;
}) {
  const { missing, extra } = result.scopeDifference;
  if (credential.scopes.length === 0 && extra.length === 0) return null;
  return (
    <>
      <h2>What was granted</h2>
      <ul class="authorize-list">
        {credential.scopes.map((scope) => (
          <li>
            {missing.includes(scope) ? (
              <Badge tone="bad">not granted</Badge>
            ) : (
              <Badge tone="good">granted</Badge>
            )}{" "}
            <Scope credential={credential} scope={scope} />
          </li>
        ))}
        {extra.map((scope) => (
          <li>
            <Badge tone="warning">granted, not declared</Badge> <code>{scope}</code>
          </li>
        ))}
      </ul>
      <Meaning result={result} />
    </>
  );
}

function Meaning({ result: { scopeDifference, scopePrefix } }: { readonly result: Authorized }) {
  if (scopePrefix !== undefined) return <p>{`${prefixAdvice(scopePrefix)}, and then authorize again.`}</p>;
  if (scopeDifference.missing.length === 0) return null;
  return (
    <p>
      The token works, but requests that need what was not granted are refused. To ask for it again, authorize
      again and leave every box ticked.
    </p>
  );
}

/** A scope, with its meaning where the provider's are known. */
export function Scope({ credential, scope }: { readonly credential: Credential; readonly scope: string }) {
  const meaning = credential.provider.scopes?.[scope];
  return (
    <>
      <code>{scope}</code>
      {meaning === undefined ? null : `: ${meaning}`}
    </>
  );
}
