import { readFileSync } from "node:fs";
import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { DOWNLOADS } from "../../src/sandbox/github/artifacts.ts";
import type { ServerHandler } from "../../src/http-server.ts";

/** GitHub's OpenAPI description, cut by scripts/github-contract.mjs. */
const CONTRACT_FILE = new URL("../fixtures/github-contract.json", import.meta.url);

type Schema = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: Schema;
}

interface DescribedOperation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody: { readonly required: boolean; readonly schema: Schema } | null;
  /** null: an answer without a JSON body. */
  readonly responses: Readonly<Record<string, Schema | null>>;
}

interface Contract {
  readonly operations: readonly DescribedOperation[];
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** A request as it went over the wire. `path` is without the query. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: string;
}

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Statuses that GitHub documents for the API as a whole, and therefore seldom with an operation. */
const GENERAL_ERRORS = new Set([400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504]);
const ROOT = "https://contract.test/";
/** GraphQL, on github.com and on an Enterprise Server: its schema holds the one query, in a test of its own. */
const GRAPHQL_PATHS = ["/graphql", "/api/graphql"];

const contract = JSON.parse(readFileSync(CONTRACT_FILE, "utf8")) as Contract;
const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes: false });
addFormats();
ajv.addSchema({ $id: ROOT, components: { schemas: contract.components.schemas } });
// Parameters come as text, and are checked as what they stand for.
const parameterAjv = new Ajv2020({ strict: false, coerceTypes: "array", validateFormats: false });
parameterAjv.addSchema({ $id: ROOT, components: { schemas: contract.components.schemas } });
const compiled = new Map<string, ValidateFunction>();

/** The ids of every operation that the description has. */
export const DESCRIBED_OPERATIONS: readonly string[] = contract.operations.map(
  ({ operationId }) => operationId,
);

/** What is wrong with a request by GitHub's description: unknown operations, parameters and properties too. */
export function checkRequest(request: WireRequest): readonly string[] {
  const operation = findOperation(request.method, request.path);
  if (operation === undefined) return [`GitHub does not describe ${request.method} ${request.path}`];
  return [
    ...checkParameters(operation, request),
    ...checkRequestHeaders(request),
    ...checkRequestBody(operation, request.body),
  ].map((fault) => `${operation.operationId}: ${fault}`);
}

/** What is wrong with the answer to a request. */
export function checkAnswer(
  request: Pick<WireRequest, "method" | "path">,
  answer: WireAnswer,
): readonly string[] {
  const operation = findOperation(request.method, request.path);
  if (operation === undefined) return answer.status === 404 ? [] : [`nobody may answer ${request.path}`];
  const schema = schemaOfAnswer(operation, answer);
  if (schema === undefined)
    return [`${operation.operationId}: the status ${String(answer.status)} is not described`];
  if (schema === null || isRaw(answer)) return [];
  const key = `${operation.operationId} ${String(answer.status)}`;
  return check(validator(ajv, key, schema), answer.body, `${operation.operationId}: answer`);
}

/**
 * A handler that checks every exchange, and collects what is wrong in `violations`. Answers that a test orders
 * instead of GitHub's own belong in a server that is not wrapped.
 */
export function checkedHandler(handler: ServerHandler, violations: string[]): ServerHandler {
  return async (request) => {
    const url = new URL(request.url);
    // GitHub has these on another host, which its description says nothing of.
    if (url.pathname.startsWith(DOWNLOADS)) return handler(request);
    if (request.method === "POST" && GRAPHQL_PATHS.includes(url.pathname)) return handler(request);
    const body = await request.clone().text();
    const wire = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
    };
    violations.push(...checkRequest(wire));
    const served = await handler(request);
    const answer = served.response.clone();
    const wireAnswer = { status: answer.status, headers: answer.headers, body: await answer.text() };
    if (served.delivery === "whole") violations.push(...checkAnswer(wire, wireAnswer));
    return served;
  };
}

function findOperation(method: string, path: string): DescribedOperation | undefined {
  const candidates = contract.operations.filter(
    (each) => each.method === method && patternOf(each.path).test(path),
  );
  // `secrets/public-key` also looks like a secret's name: the path with fewer parameters is meant.
  return candidates.toSorted((a, b) => a.path.split("{").length - b.path.split("{").length)[0];
}

/** A git ref and a file's path may hold slashes; every other parameter is one segment. */
function patternOf(path: string): RegExp {
  const source = path.replaceAll(/[.+]/g, "\\$&").replaceAll(/\{(ref|path)\}/g, "(?<$1>.+)");
  return new RegExp(`^${source.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
}

function checkParameters(operation: DescribedOperation, request: WireRequest): readonly string[] {
  const inPath = patternOf(operation.path).exec(request.path)?.groups ?? {};
  const described = operation.parameters.filter((each) => each.in === "query").map(({ name }) => name);
  const unknown = [...request.query.keys()].filter((name) => !described.includes(name));
  const given = (parameter: Parameter): string | undefined =>
    parameter.in === "path"
      ? decode(inPath[parameter.name])
      : (request.query.get(parameter.name) ?? undefined);
  return [
    ...unknown.map((name) => `the query parameter ${name} is not described`),
    ...operation.parameters.flatMap((parameter) => {
      const value = given(parameter);
      if (value === undefined)
        return parameter.required ? [`the parameter ${parameter.name} is missing`] : [];
      const key = `${operation.operationId} ${parameter.in} ${parameter.name}`;
      const validate = validator(parameterAjv, key, {
        type: "object",
        properties: { value: ofText(parameter.schema) },
      });
      return validate({ value }) ? [] : [`the parameter ${parameter.name} is invalid: ${errorsOf(validate)}`];
    }),
  ];
}

/** A number's text is a text as well: of a workflow's id and its file's name both may fit. */
function ofText({ oneOf, ...schema }: Schema): Schema {
  return oneOf === undefined ? schema : { ...schema, anyOf: oneOf };
}

function decode(segment: string | undefined): string | undefined {
  return segment === undefined ? undefined : decodeURIComponent(segment);
}

/** GitHub refuses requests without a user agent. */
function checkRequestHeaders({ headers }: WireRequest): readonly string[] {
  return headers.has("user-agent") ? [] : ["the header user-agent is missing"];
}

function checkRequestBody({ operationId, requestBody }: DescribedOperation, body: string): readonly string[] {
  if (body === "") return requestBody?.required === true ? ["the body is missing"] : [];
  if (requestBody === null) return ["a body is not described"];
  const validate = validator(ajv, `${operationId} body`, closed(requestBody.schema) as Schema);
  return check(validate, body, "body");
}

/** The schema of an object, with properties that it does not name forbidden. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const open = "properties" in schema && !("additionalProperties" in schema);
  return open ? { ...inner, unevaluatedProperties: false } : inner;
}

function schemaOfAnswer(operation: DescribedOperation, { status }: WireAnswer): Schema | null | undefined {
  const schema = operation.responses[String(status)];
  if (GENERAL_ERRORS.has(status)) {
    const errors = { anyOf: [...(schema ? [schema] : []), { $ref: "#/components/schemas/basic-error" }] };
    return errors;
  }
  return schema;
}

function isRaw({ headers }: WireAnswer): boolean {
  return /\bvnd\.github\.raw\b/.test(headers.get("content-type") ?? "");
}

function check(validate: ValidateFunction, body: string, where: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return [`${where} is not JSON`];
  }
  return validate(value) ? [] : [`${where} is invalid: ${errorsOf(validate)}`];
}

/** Where a value breaks the schema, without the value. */
function errorsOf(validate: ValidateFunction): string {
  return (validate.errors ?? [])
    .map((each) => `${each.instancePath} ${each.message ?? each.keyword}`)
    .join("; ");
}

function validator(compiler: Ajv2020, key: string, schema: Schema): ValidateFunction {
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const validate = compiler.compile(anchored(schema) as Schema);
  compiled.set(key, validate);
  return validate;
}

/** Makes references to components absolute. */
function anchored(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(anchored);
  if (typeof schema !== "object" || schema === null) return schema;
  const rewritten = Object.entries(schema).map(([key, value]) => {
    return [key, key === "$ref" && typeof value === "string" ? ROOT + value : anchored(value)] as const;
  });
  return Object.fromEntries(rewritten);
}

function addFormats(): void {
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  ajv.addFormat("uri", { type: "string", validate: (text: string) => URL.canParse(text) });
  ajv.addFormat("email", /^[^@\s]+@[^@\s]+$/);
  ajv.addFormat("uri-template", true);
  ajv.addFormat("int64", { type: "number", validate: Number.isSafeInteger });
}
