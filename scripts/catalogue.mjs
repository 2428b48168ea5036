// Reads src/providers/catalogue/: one YAML file a provider, its declaration and where each field comes from. Nothing in it
// may be without a source, and of what a person has to know before starting nothing may be passed over in silence.
import { readdir, readFile } from "node:fs/promises";
import { parse } from "yaml";

const FOLDER = new URL("../src/providers/catalogue/", import.meta.url);
const STATUSES = ["active", "approval_required", "closed_to_new_apps", "retired"];

/** Each entry declares these, or says that there is none, or that it is unknown. */
const ASKED_OF_ALL = [
  "authorization_endpoint",
  "token_endpoint",
  "device_authorization_endpoint",
  "revocation_endpoint",
  "verification_endpoint",
  "token_endpoint_auth_methods_supported",
  "code_challenge_methods_supported",
  "grants",
  "rotation",
  "reuse",
  "refresh_token_lifetime_seconds",
  "refresh_token_idle_seconds",
  "access_token_lifetime_seconds",
  "scopes",
  "loopback_redirect",
  "registration",
];

/** What goes with another field and has its source. */
const WITH_OTHERS = ["parameters", "rotation_grace_seconds"];

/** Every entry of the catalogue, by id. `faultsOf(declaration)` judges a declaration by the provider's schema. */
export async function readCatalogue(faultsOf) {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith(".yaml")).sort();
  return Promise.all(
    files.map(async (file) => {
      const entry = entryOf(parse(await readFile(new URL(file, FOLDER), "utf8")));
      const faults = [...faultsIn(entry), ...faultsOf(entry.declaration)];
      if (`${entry.id}.yaml` !== file) faults.push(`id is ${entry.id}`);
      if (faults.length > 0) throw new Error(`${file}: ${faults.join("; ")}`);
      return entry;
    }),
  );
}

function entryOf({
  id,
  name,
  status = "active",
  docs,
  sources = [],
  unknown = [],
  none = [],
  traps = [],
  ...declaration
}) {
  return { id, name, status, docs, sources, unknown, none, traps, declaration };
}

/** {client_id} is sealring's own, in headers and in the revocation endpoint. */
function placeholdersIn({ parameters: _, verification, ...declaration }) {
  const text = JSON.stringify({ ...declaration, verification: { ...verification, json: undefined } });
  const used = [...text.matchAll(/\{([a-z][a-z0-9_]*)\}/g)].map(([, name]) => name);
  return [...new Set(used)].filter((name) => name !== "client_id");
}

function faultsIn({ id, name, status, docs, sources, unknown, none, traps, declaration }) {
  const declared = Object.keys(declaration);
  const sourced = new Set(sources.flatMap(({ for: fields }) => fields));
  const told = [...declared, ...none];
  return [
    ...[id, name, docs].filter((value) => typeof value !== "string").map(() => "id, name or docs is missing"),
    ...(STATUSES.includes(status) ? [] : [`status ${status}`]),
    ...sources.flatMap(({ what, read, for: fields }) =>
      typeof what === "string" && /^20\d\d-\d\d$/.test(read) && Array.isArray(fields)
        ? []
        : [`a source needs what, read (year-month) and for: ${what}`],
    ),
    ...placeholdersIn(declaration)
      .filter((used) => declaration.parameters?.[used] === undefined)
      .map((used) => `{${used}} is no parameter`),
    ...Object.keys(declaration.parameters ?? {})
      .filter((parameter) => !placeholdersIn(declaration).includes(parameter))
      .map((parameter) => `nothing uses {${parameter}}`),
    ...traps.filter((trap) => typeof trap !== "string").map(() => "a trap is a sentence"),
    ...told
      .filter((field) => !sourced.has(field) && !WITH_OTHERS.includes(field))
      .map((field) => `no source for ${field}`),
    ...[...sourced]
      .filter((field) => !told.includes(field))
      .map((field) => `a source for ${field}, which is not there`),
    ...unknown.filter((field) => told.includes(field)).map((field) => `${field} is told, and unknown`),
    ...ASKED_OF_ALL.filter((field) => ![...told, ...unknown].includes(field)).map(
      (field) => `silent on ${field}`,
    ),
  ];
}
