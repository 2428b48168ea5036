import { randomBytes } from "node:crypto";
import type { Grant } from "./books.ts";
import { grantedText } from "./scopes.ts";
import type { Service } from "./service.ts";
import { json, put } from "./wire.ts";
import type { Refused, Reply } from "./wire.ts";

/** An access token's value: opaque, or a JWT that says when it ends. */
export function accessTokenFor({ declared, books, now }: Service): string {
  const chance = randomBytes(18).toString("base64url");
  if (declared.access_token_is_jwt !== true) return `at-${chance}`;
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = Math.floor(now().getTime() / 1_000) + books.lifetimeSeconds;
  return `${part({ alg: "RS256", typ: "at+jwt" })}.${part({ exp, jti: chance })}.${chance}`;
}

/** A token answer in the provider's manner. `refreshToken`: undefined where none is told. */
export function tokenAnswer(
  service: Service,
  grant: Grant,
  tokens: { readonly accessToken: string; readonly refreshToken: string | undefined },
): Reply {
  const { success, members: pointers = {} } = service.declared.token_response ?? {};
  const members: Readonly<Record<string, unknown>> = {
    access_token: tokens.accessToken,
    token_type: service.manner.tokenType,
    refresh_token: tokens.refreshToken,
    ...expiryOf(service),
    ...(tokens.refreshToken === undefined ? {} : refreshExpiryOf(service)),
    scope: scopeOf(service, grant),
    id_token: pointers["id_token"] === undefined ? undefined : "header.claims.signature",
  };
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(members))
    if (value !== undefined) put(body, pointers[name] ?? `/${name}`, value);
  if (success !== undefined) put(body, success.pointer, success.equals);
  return written(service, body);
}

function expiryOf({ declared, manner, books, now }: Service): Record<string, unknown> {
  const { expires_in: inSeconds, expires_at: atInstant } = declared.token_response?.members ?? {};
  if (declared.access_token_expires === false || declared.access_token_is_jwt === true) return {};
  const ends = new Date(now().getTime() + books.lifetimeSeconds * 1_000);
  const expiresAt =
    manner.expiresAt === "rfc3339"
      ? ends.toISOString().replace(/\.\d+Z$/, "Z")
      : Math.floor(ends.getTime() / 1_000);
  const toldAt = atInstant === undefined ? {} : { expires_at: expiresAt };
  const isTold = inSeconds !== undefined || (atInstant === undefined && manner.expiry !== "left_out");
  if (!isTold) return toldAt;
  const lifetime = books.lifetimeSeconds;
  return { ...toldAt, expires_in: manner.expiry === "told_as_text" ? String(lifetime) : lifetime };
}

function refreshExpiryOf({ declared }: Service): Record<string, unknown> {
  if (declared.token_response?.members?.["refresh_token_expires_in"] === undefined) return {};
  const { refresh_token_idle_seconds: idle, refresh_token_lifetime_seconds: whole } = declared;
  return { refresh_token_expires_in: idle ?? whole ?? 2_592_000 };
}

function scopeOf(service: Service, { scopes }: Grant): unknown {
  const granted = grantedText(service, scopes);
  if (granted.length === 0) return undefined;
  switch (service.manner.scope) {
    case "text":
      return granted.join(service.declared.scope_separator === "," ? "," : " ");
    case "list":
      return granted;
    case "left_out":
      return undefined;
  }
}

/** As a form, or as JSON. A form is flat. */
function written({ manner }: Service, body: Readonly<Record<string, unknown>>): Reply {
  if (manner.answers === "json") return json(200, body);
  const form = new URLSearchParams(
    Object.entries(body).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return {
    status: 200,
    headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
    body: form.toString(),
  };
}

/** How the token endpoint says no. */
export function errorAnswer({ declared, manner }: Service, { code, message, status }: Refused): Reply {
  const { success, members: pointers = {} } = declared.token_response ?? {};
  const own = code === "invalid_grant" ? (declared.errors ?? []).find(isDeath) : undefined;
  if (own?.body === "empty") return { status: own.status ?? status, headers: {}, body: "" };
  // What is recognized by something else has a code that says nothing.
  const error = own === undefined ? code : (own.error ?? "other");
  const body: Record<string, unknown> = {};
  if (success !== undefined) put(body, success.pointer, failureBeside(success.equals));
  put(body, pointers["error"] ?? "/error", typeof success?.equals === "number" ? numberOf(error) : error);
  const description = own?.description_contains ?? message;
  put(body, pointers["error_description"] ?? "/error_description", description);
  return json(own?.status ?? (success === undefined && manner.errorStatus === 400 ? status : 200), body);
}

function isDeath({ means }: { readonly means: string }): boolean {
  return means === "reauthorization_required";
}

function failureBeside(success: string | number | boolean): string | number | boolean {
  if (typeof success === "boolean") return !success;
  return typeof success === "number" ? success + 1 : "error";
}

function numberOf(error: string): number {
  return /^[0-9]+$/.test(error) ? Number(error) : 503;
}
