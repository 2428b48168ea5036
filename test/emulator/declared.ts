import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";

export type Named = Readonly<Record<string, string>>;
export type TokenKind = "access_token" | "refresh_token";

interface Condition {
  readonly pointer: string;
  readonly equals: string | number | boolean;
}

/** A refresh or an exchange, as a provider wants it. */
export interface RenewalShape {
  readonly method?: "GET" | "POST";
  readonly grant_type?: string;
  readonly presents?: TokenKind;
  readonly token_parameter?: string;
  readonly client_authentication?: "none";
  readonly sends_redirect_uri?: boolean;
}

interface Parameter {
  readonly description?: string;
  readonly format: "label" | "hostname" | "segment" | "base_url" | "text";
  readonly values?: Named;
  readonly default?: string;
  readonly optional?: boolean;
}

export interface Generation {
  readonly issuer: string;
  readonly token_endpoint: string;
  readonly revocation_endpoint?: string;
  readonly verification_endpoint?: string;
  readonly scope_prefix?: string;
}

/** A provider as schemas/provider.schema.json describes one, read without the client's own types. */
export interface Declared {
  readonly issuer?: string;
  readonly authorization_endpoint?: string;
  readonly token_endpoint?: string;
  readonly refresh_endpoint?: string;
  readonly exchange_endpoint?: string;
  readonly device_authorization_endpoint?: string;
  readonly device_token_endpoint?: string;
  readonly pushed_authorization_request_endpoint?: string;
  readonly require_pushed_authorization_requests?: boolean;
  readonly revocation_endpoint?: string;
  readonly verification_endpoint?: string;
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly generations?: readonly Generation[];
  readonly token_endpoint_auth_methods_supported?: readonly string[];
  readonly client_id_parameter?: string;
  readonly client_secret_basic_encoding?: "none";
  readonly client_secret_basic_user?: "client_secret";
  readonly client_assertion_audience?: "token_endpoint";
  readonly code_challenge_methods_supported?: readonly string[];
  readonly pkce_required?: boolean;
  readonly authorization_response_iss_parameter_supported?: boolean;
  readonly grants?: readonly string[];
  readonly rotation?: "none" | "optional" | "single_use" | "grace" | "old_stays_valid";
  readonly rotation_grace_seconds?: number;
  readonly reuse?: "harmless" | "revokes_family";
  readonly issues_refresh_token?: boolean;
  readonly refresh_token_lifetime_seconds?: number;
  readonly refresh_token_idle_seconds?: number;
  readonly access_token_lifetime_seconds?: number;
  readonly access_token_expires?: boolean;
  readonly access_token_is_jwt?: boolean;
  readonly scopes?: Named;
  readonly offline_scopes?: readonly string[];
  readonly scope_prefix?: string;
  readonly scope_separator?: "," | "+";
  readonly scope_parameter?: string;
  readonly scope_parameters?: readonly { readonly parameter: string; readonly marker: string }[];
  readonly loopback_redirect?: string;
  readonly redirect_uri_alias?: string;
  readonly registration?: { readonly redirect_uri?: string };
  readonly authorization_parameters?: Named;
  readonly token_parameters?: Named;
  readonly refresh_parameters?: Named;
  readonly token_headers?: Named;
  readonly token_request_format?: "json";
  readonly refresh_request?: RenewalShape;
  readonly exchange_request?: RenewalShape;
  readonly device_authorization?: {
    readonly scope_parameter?: string;
    readonly parameters?: Named;
    readonly code_parameter?: string;
    readonly poll_statuses?: Named;
  };
  readonly token_response?: { readonly members?: Named; readonly success?: Condition };
  readonly errors?: readonly {
    readonly error?: string;
    readonly status?: number;
    readonly description_contains?: string;
    readonly body?: "empty";
    readonly means: string;
  }[];
  readonly revocation?: {
    readonly method?: "GET" | "POST" | "DELETE";
    readonly tokens?: readonly TokenKind[];
    readonly token_in?: "form" | "json" | "query" | "bearer";
    readonly token_parameter?: string;
    readonly client_authentication?: "client_secret_basic" | "client_secret_post" | "none";
    readonly parameters?: Named;
    readonly headers?: Named;
    readonly success?: Condition;
  };
  readonly verification?: {
    readonly method?: "GET" | "POST";
    readonly authorization_scheme?: string;
    readonly token_header?: string;
    readonly token_parameter?: string;
    readonly headers?: Named;
    readonly form?: Named;
    readonly json?: Named;
    readonly success?: Condition;
  };
}

/** A file of the catalogue: what it is called, and what it declares. */
export interface Entry {
  readonly id: string;
  readonly status: string;
  readonly declared: Declared;
}

const FOLDER = new URL("../../src/providers/catalogue/", import.meta.url);

/** Every file of the catalogue, by name. */
export function readEntries(): readonly Entry[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".yaml"));
  return files.sort().map((file) => {
    const whole = parse(readFileSync(new URL(file, FOLDER), "utf8")) as Declared & Record<string, unknown>;
    const { id, name, status = "active", docs, sources, unknown, none, traps, ...declared } = whole;
    return { id: String(id), status: String(status), declared };
  });
}
