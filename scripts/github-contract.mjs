// Cuts GitHub's OpenAPI description down to the operations that sealring and its sandbox speak, as JSON Schema
// 2020-12, into test/fixtures/github-contract.json. Run it after an update of @octokit/openapi:
//   node scripts/github-contract.mjs
import { readFileSync, writeFileSync } from "node:fs";

const SOURCE = new URL("../node_modules/@octokit/openapi/generated/api.github.com.json", import.meta.url);
const TARGET = new URL("../test/fixtures/github-contract.json", import.meta.url);

/** Operations by path; `{app}` stands for actions, dependabot and codespaces. */
const WANTED = {
  "/": ["get"],
  "/rate_limit": ["get"],
  "/user": ["get"],
  "/app": ["get"],
  "/app/installations/{installation_id}": ["get"],
  "/app/installations/{installation_id}/access_tokens": ["post"],
  "/installation/repositories": ["get"],
  "/installation/token": ["delete"],
  "/orgs/{org}/installation": ["get"],
  "/repos/{owner}/{repo}/installation": ["get"],
  "/repos/{owner}/{repo}": ["get"],
  "/repos/{owner}/{repo}/topics": ["put"],
  "/repos/{owner}/{repo}/{app}/secrets": ["get"],
  "/repos/{owner}/{repo}/{app}/secrets/public-key": ["get"],
  "/repos/{owner}/{repo}/{app}/secrets/{secret_name}": ["get", "put", "delete"],
  "/orgs/{org}/{app}/secrets": ["get"],
  "/orgs/{org}/{app}/secrets/public-key": ["get"],
  "/orgs/{org}/{app}/secrets/{secret_name}": ["get", "put", "delete"],
  "/orgs/{org}/{app}/secrets/{secret_name}/repositories": ["get", "put"],
  "/orgs/{org}/{app}/secrets/{secret_name}/repositories/{repository_id}": ["put", "delete"],
  "/repos/{owner}/{repo}/environments": ["get"],
  "/repos/{owner}/{repo}/environments/{environment_name}": ["get", "put", "delete"],
  "/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies": ["get", "post"],
  "/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies/{branch_policy_id}": [
    "get",
    "put",
    "delete",
  ],
  "/repos/{owner}/{repo}/environments/{environment_name}/secrets": ["get"],
  "/repos/{owner}/{repo}/environments/{environment_name}/secrets/public-key": ["get"],
  "/repos/{owner}/{repo}/environments/{environment_name}/secrets/{secret_name}": ["get", "put", "delete"],
  "/repos/{owner}/{repo}/commits": ["get"],
  "/repos/{owner}/{repo}/contents/{path}": ["get"],
  "/repos/{owner}/{repo}/git/blobs": ["post"],
  "/repos/{owner}/{repo}/git/blobs/{file_sha}": ["get"],
  "/repos/{owner}/{repo}/git/commits": ["post"],
  "/repos/{owner}/{repo}/git/commits/{commit_sha}": ["get"],
  "/repos/{owner}/{repo}/git/matching-refs/{ref}": ["get"],
  "/repos/{owner}/{repo}/git/ref/{ref}": ["get"],
  "/repos/{owner}/{repo}/git/refs": ["post"],
  "/repos/{owner}/{repo}/git/refs/{ref}": ["patch", "delete"],
  "/repos/{owner}/{repo}/git/trees": ["post"],
  "/repos/{owner}/{repo}/git/trees/{tree_sha}": ["get"],
  "/repos/{owner}/{repo}/actions/workflows": ["get"],
  "/repos/{owner}/{repo}/actions/workflows/{workflow_id}": ["get"],
  "/repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable": ["put"],
  "/repos/{owner}/{repo}/actions/workflows/{workflow_id}/disable": ["put"],
  "/repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches": ["post"],
  "/repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs": ["get"],
  "/repos/{owner}/{repo}/actions/runs": ["get"],
  "/repos/{owner}/{repo}/actions/runs/{run_id}": ["get"],
  "/repos/{owner}/{repo}/actions/runs/{run_id}/jobs": ["get"],
  "/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}": ["get"],
  "/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs": ["get"],
  "/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts": ["get"],
  "/repos/{owner}/{repo}/actions/artifacts/{artifact_id}": ["get"],
  "/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}": ["get"],
  "/repos/{owner}/{repo}/actions/jobs/{job_id}": ["get"],
  "/repos/{owner}/{repo}/issues": ["get", "post"],
  "/repos/{owner}/{repo}/issues/{issue_number}": ["get", "patch"],
  "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["get", "post"],
};

const APPS = ["actions", "dependabot", "codespaces"];
const DROPPED = new Set([
  "description",
  "example",
  "examples",
  "externalDocs",
  "title",
  "deprecated",
  "default",
]);
const SCHEMA_REF = "#/components/schemas/";

const description = JSON.parse(readFileSync(SOURCE, "utf8"));
const needed = new Set();

/** An OpenAPI 3.0 schema as JSON Schema 2020-12, without prose; notes every component that it refers to. */
function toJsonSchema(schema) {
  if (schema.$ref !== undefined) return orNull(reference(schema.$ref), schema.nullable);
  const out = {};
  for (const [key, value] of Object.entries(schema)) {
    if (DROPPED.has(key) || key.startsWith("x-") || key === "nullable") continue;
    out[key] = convertKeyword(key, value);
  }
  return orNull(out, schema.nullable);
}

function convertKeyword(key, value) {
  switch (key) {
    case "properties":
      return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, toJsonSchema(schema)]));
    case "allOf":
    case "anyOf":
    case "oneOf":
      return value.map(toJsonSchema);
    case "items":
    case "not":
      return toJsonSchema(value);
    case "additionalProperties":
      return typeof value === "object" ? toJsonSchema(value) : value;
    default:
      return value;
  }
}

function orNull(schema, nullable) {
  if (nullable !== true) return schema;
  if (typeof schema.type === "string" && schema.enum === undefined) {
    return { ...schema, type: [schema.type, "null"] };
  }
  return { anyOf: [schema, { type: "null" }] };
}

function reference(pointer) {
  if (!pointer.startsWith(SCHEMA_REF)) throw new Error(`unexpected reference ${pointer}`);
  needed.add(pointer.slice(SCHEMA_REF.length));
  return { $ref: pointer };
}

/** Follows a reference to a parameter or an answer, which are put in where they are used. */
function inlined(item) {
  if (item.$ref === undefined) return item;
  return item.$ref
    .slice(2)
    .split("/")
    .reduce((node, key) => node[key], description);
}

function jsonSchemaOf(content) {
  const json = Object.entries(content ?? {}).find(([type]) => /^application\/(.*\+)?json$/.test(type));
  return json === undefined ? null : toJsonSchema(json[1].schema);
}

function cutOperation(path, method) {
  const item = description.paths[path];
  const operation = item?.[method];
  if (operation === undefined) throw new Error(`GitHub does not describe ${method} ${path}`);
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(inlined);
  return {
    operationId: operation.operationId,
    method: method.toUpperCase(),
    path,
    parameters: parameters.map(({ name, in: place, required, schema }) => {
      return { name, in: place, required: required === true, schema: toJsonSchema(schema) };
    }),
    requestBody: cutBody(operation.requestBody),
    responses: Object.fromEntries(
      Object.entries(operation.responses).map(([status, answer]) => [
        status,
        jsonSchemaOf(inlined(answer).content),
      ]),
    ),
  };
}

function cutBody(body) {
  return body === undefined ? null : { required: body.required === true, schema: jsonSchemaOf(body.content) };
}

function cutComponents() {
  const schemas = {};
  // A set that grows while it is walked is walked to its end.
  for (const name of needed) schemas[name] = toJsonSchema(description.components.schemas[name]);
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** JSON with one operation or schema a line: small, and still fit for a diff. */
function render({ operations, schemas, source }) {
  const lines = (entries) => entries.map((entry) => `    ${entry}`).join(",\n");
  const named = Object.entries(schemas).map(
    ([name, schema]) => `${JSON.stringify(name)}: ${JSON.stringify(schema)}`,
  );
  return [
    "{",
    `  "source": ${JSON.stringify(source)},`,
    `  "operations": [\n${lines(operations.map((operation) => JSON.stringify(operation)))}\n  ],`,
    `  "components": { "schemas": {\n${lines(named)}\n  } }`,
    "}\n",
  ].join("\n");
}

const operations = Object.entries(WANTED).flatMap(([path, methods]) => {
  const paths = path.includes("{app}") ? APPS.map((app) => path.replace("{app}", app)) : [path];
  return paths.flatMap((each) => methods.map((method) => cutOperation(each, method)));
});
reference(`${SCHEMA_REF}basic-error`);
const schemas = cutComponents();
const source = `@octokit/openapi ${description.info.version}, api.github.com`;
writeFileSync(TARGET, render({ operations, schemas, source }));
