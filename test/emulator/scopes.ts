import type { Service } from "./service.ts";
import { Refused } from "./wire.ts";
import type { Parameters } from "./wire.ts";

/** The scopes that an authorization request asks for, as a declaration has them. Throws `invalid_scope`. */
export function requestedScopes(service: Service, parameters: Parameters): readonly string[] {
  const { scope_parameter: main = "scope", scope_parameters: marked = [], scope_prefix } = service.front;
  const asked = [
    ...split(service, parameters.take(main)).map((scope) =>
      unmarked(service, withoutPrefix(scope, scope_prefix)),
    ),
    ...marked.flatMap(({ parameter, marker }) =>
      split(service, parameters.take(parameter)).map((scope) => marker + scope),
    ),
  ];
  return known(service, asked);
}

/** The same, where there is one parameter for all. */
export function scopesIn(service: Service, text: string | undefined): readonly string[] {
  const { scope_prefix } = service.front;
  return known(
    service,
    split(service, text).map((scope) => withoutPrefix(scope, scope_prefix)),
  );
}

/** What the server says was granted. */
export function grantedText({ declared }: Service, scopes: readonly string[]): string[] {
  const { scope_prefix: prefix = "", scope_parameters: marked = [] } = declared;
  return scopes.map((scope) => {
    const of = marked.find(({ marker }) => scope.startsWith(marker));
    return of === undefined ? prefix + scope : scope.slice(of.marker.length);
  });
}

function split({ front }: Service, text: string | undefined): string[] {
  if (text === undefined) return [];
  if (text === "") throw new Refused("invalid_scope", "the scope is empty");
  return text.split(front.scope_separator ?? " ");
}

/** A marker is a declaration's: the server has another parameter for such a scope. */
function unmarked({ front: { scope_parameters: marked = [] } }: Service, scope: string): string {
  if (marked.some(({ marker }) => scope.startsWith(marker)))
    throw new Refused("invalid_scope", `nobody knows the scope ${scope}`);
  return scope;
}

function withoutPrefix(scope: string, prefix = ""): string {
  if (!scope.startsWith(prefix)) throw new Refused("invalid_scope", `${scope} is without ${prefix}`);
  return scope.slice(prefix.length);
}

function known({ client }: Service, asked: readonly string[]): readonly string[] {
  const stranger = asked.find((scope) => !client.scopes.includes(scope));
  if (stranger !== undefined) throw new Refused("invalid_scope", `nobody knows the scope ${stranger}`);
  return asked;
}
