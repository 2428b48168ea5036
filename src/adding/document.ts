import { Document, isMap, isScalar, isSeq } from "yaml";
import type { Scalar } from "yaml";
import type { NewCredential } from "./credential.ts";
import { modeline } from "./schemas.ts";
import { providerIn } from "./subject.ts";
import type { Subject } from "./subject.ts";

/** A file of the repository's tree that is to be written. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** Where a credential of this name is declared. */
export function pathOf(name: string): string {
  return `credentials/${name}.yaml`;
}

/** The file of a new credential, with remarks on what its parts are for. */
export function fileOf(subject: Subject, credential: NewCredential): NewFile {
  const document = new Document(membersOf(subject, credential));
  document.commentBefore = [modeline("credential"), ...headOf(subject, credential)]
    .map((line) => ` ${line}`)
    .join("\n\n");
  for (const key of ["provider", "client", "scopes", "outputs"]) setApart(document, key);
  for (const [path, remark] of remarksOf(subject)) {
    const node = document.getIn(path, true);
    if (isScalar(node)) node.comment = ` ${remark}`;
  }
  if (credential.destinations.length === 0) {
    document.comment = " No `destinations`: the outputs become Actions secrets of this repository.";
  }
  flowIfShort(document, "scopes");
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  return { path: pathOf(credential.name), text };
}

/** In the order in which they are read. */
function membersOf(subject: Subject, credential: NewCredential): object {
  const { name, description, owner, parameters, grant, scopes, redirectUri } = credential;
  const { outputs, destinations, environment } = credential;
  return {
    version: 1,
    name,
    ...(description === undefined ? {} : { description }),
    ...(owner === undefined ? {} : { owner }),
    provider: providerMember(subject, credential),
    ...(Object.keys(parameters).length === 0 ? {} : { provider_parameters: parameters }),
    grant,
    client: clientMember(credential),
    ...(scopes.length === 0 ? {} : { scopes }),
    ...(redirectUri === undefined ? {} : { redirect_uri: redirectUri }),
    outputs: Object.fromEntries(outputs.map(({ secretName, field }) => [secretName, field])),
    ...(destinations.length === 0 ? {} : { destinations }),
    ...(environment === undefined ? {} : { environment }),
  };
}

function providerMember({ declared }: Subject, { rotation }: NewCredential): string | object {
  return typeof declared === "string" || rotation === undefined ? declared : { ...declared, rotation };
}

function clientMember({ client: { id, secretName, authMethod } }: NewCredential): object {
  return {
    id,
    ...(secretName === undefined ? {} : { secret: secretName }),
    ...(authMethod === undefined ? {} : { token_endpoint_auth_method: authMethod }),
  };
}

function headOf(subject: Subject, { parameters }: NewCredential): readonly string[] {
  const { name, registration } = providerIn(subject, parameters);
  return registration.url === undefined ? [] : [`${name}: the client is registered at ${registration.url}`];
}

type Remark = readonly [path: readonly string[], remark: string];

function remarksOf({ entry }: Subject): readonly Remark[] {
  return [
    [["name"], "the file's name"],
    [["owner"], "who is called when a person is needed"],
    [["provider"], `what is known of it: sealring providers show ${entry?.id ?? ""}`],
    [["provider", "issuer"], "its endpoints are looked up there"],
    [["provider", "rotation"], "what happens to a refresh token when it is used"],
    [["client", "id"], "public"],
    [["client", "secret"], "the secret's NAME, never its value"],
    [["redirect_uri"], "byte for byte as registered"],
    [["environment"], "whose secrets hold its envelope and client secret"],
  ];
}

function setApart(document: Document, key: string): void {
  const node = keyOf(document, key);
  if (node === undefined) return;
  node.spaceBefore = true;
  if (key === "outputs")
    node.commentBefore = " What pipelines read: the name of each secret, and what is in it.";
}

function keyOf({ contents }: Document, name: string): Scalar | undefined {
  const keys = isMap(contents) ? contents.items.map(({ key }) => key) : [];
  return keys.filter(isScalar).find(({ value }) => value === name);
}

/** A line takes about as much. */
const LONGEST_FLOW = 60;

function flowIfShort(document: Document, key: string): void {
  const list = document.get(key, true);
  if (!isSeq(list)) return;
  list.flow = list.items.map(String).join(", ").length <= LONGEST_FLOW;
}
