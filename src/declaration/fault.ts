/** One thing that is wrong with a declaration, and where. Its texts are safe to print anywhere. */
export interface Fault {
  /** Relative to the repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  readonly endLine: number;
  /** The column after the last one. */
  readonly endColumn: number;
  /** The id of the rule, in kebab case. */
  readonly rule: RuleId;
  /** What is wrong. */
  readonly message: string;
  /** The way out. */
  readonly hint: string;
  /** The line with the place marked under it, in at most 80 columns; empty when the file could not be read. */
  readonly frame: string;
}

/** What a rule finds, before it has a place in a file. */
export interface Finding {
  readonly rule: RuleId;
  readonly message: string;
  readonly hint: string;
}

/** A member of a document: keys and indices from its root. */
export type Path = readonly (string | number)[];

/** A finding and the member that it is about: its value, or its key. */
export interface LocatedFinding extends Finding {
  readonly path: Path;
  readonly part: "key" | "value";
}

/** Every rule, and what it asks for, as SARIF and the documentation show it. */
export const RULES = {
  "file-missing": "A file that is asked for exists.",
  "file-directory": "A declaration is a file, not a directory.",
  "file-outside": "A declaration, and what it links to, is inside the repository.",
  "file-too-large": "A declaration is at most 256 KB.",
  "file-unreadable": "A declaration can be read.",
  "no-declarations": "A repository has at least one declaration.",
  encoding: "A declaration is UTF-8 without control characters, and its lines end in a line feed.",
  "yaml-syntax": "A declaration is YAML 1.2.",
  "yaml-tab": "Indentation is spaces.",
  "yaml-documents": "A file holds one document.",
  "yaml-empty": "A declaration is not empty.",
  "yaml-duplicate-key": "A key is given once.",
  "yaml-alias": "Aliases point back to an anchor and expand to little.",
  "yaml-depth": "Nesting is at most 32 deep.",
  "yaml-members": "A list or map has at most 2,000 members.",
  "yaml-key": "A key is plain text.",
  "yaml-tag": "Values have no tags, and the file no directive.",
  "unknown-key": "Every key is one that sealring knows.",
  "missing-key": "Every key that is needed is there.",
  "wrong-type": "A value has the type that its key asks for.",
  "unknown-value": "A value is one of those that its key takes.",
  "bad-value": "A value has the form that its key asks for.",
  "too-few": "A list or map is not empty where it must not be.",
  "insecure-url": "A URL is https, or http on a loopback host.",
  "literal-secret": "No secret is in a declaration, only names of secrets.",
  "secret-name": "A secret has a name that GitHub takes.",
  "reserved-name": "A secret has no name that sealring, GitHub or the runner reads itself.",
  "refresh-token-output": "A refresh token is no output.",
  "credential-name": "A credential has the name of its file.",
  "duplicate-credential": "A credential is declared once.",
  "unknown-provider": "A provider is in the catalogue, or given inline.",
  "unknown-scope": "A scope is one that the provider knows.",
  "duplicate-scope": "A scope is asked for once.",
  "unsupported-grant": "A grant is one that the provider offers.",
  "missing-endpoint": "An inline provider has an issuer, or the endpoints of its grant.",
  contradiction: "What a provider's keys say goes together.",
  "offline-scope": "Where a refresh token comes with a scope only, that scope is declared.",
  "provider-parameter": "A provider's parameters have values of their format, and no others are given.",
  "client-authentication": "A client authenticates by a way that its provider offers.",
  "public-client": "The client credentials grant has a client secret.",
  "redirect-uri": "A redirect URI is one that a loopback listener can serve.",
  destination: "A destination is a store that GitHub has.",
  "duplicate-destination": "A destination is given once.",
  "output-collision": "One secret is written by one credential.",
  "client-secret-origin": "A client secret goes to one token endpoint's origin.",
  "too-many-secrets": "A store has room for the secrets that go into it.",
  "more-faults": "A file has at most 100 faults that are told.",
  "workflow-drift": "The workflow is the one that the declarations make.",
  schedule: "A schedule is five cron fields, at most every five minutes.",
} as const;

export type RuleId = keyof typeof RULES;
