import type { Subject } from "./subject.ts";
import type { Told } from "./told.ts";

/** The command that brings these answers back, on one line. The client secret is none of them. */
export function commandOf({ declared }: Subject, told: Told): string {
  const provider = typeof declared === "string" ? declared : declared.issuer;
  return ["sealring", "add", provider, ...options(told)].map(word).join(" ");
}

function options(told: Told): readonly string[] {
  const { parameters = {}, outputs = [], destinations = [], scopes, client } = told;
  return [
    ...given("--name", told.name),
    ...given("--description", told.description),
    ...given("--owner", told.owner),
    ...Object.entries(parameters).flatMap(([name, value]) => ["--parameter", `${name}=${value}`]),
    ...given("--rotation", told.rotation),
    ...given("--grant", told.grant),
    ...given("--redirect-uri", told.redirectUri),
    ...given("--client-id", told.clientId),
    ...(client === "public" ? ["--public"] : []),
    ...(scopes === undefined ? [] : ["--scopes", scopes.join(",")]),
    ...outputs.flatMap(({ secretName, field }) => ["--output", `${secretName}=${field}`]),
    ...destinations.flatMap(({ repository = "", environment }) => [
      "--destination",
      environment === undefined ? repository : `${repository}:${environment}`,
    ]),
    ...given("--environment", told.environment),
  ];
}

function given(option: string, value: string | undefined): readonly string[] {
  return value === undefined || value === "" ? [] : [option, value];
}

/** For a POSIX shell (POSIX.1-2017, Shell Command Language §2.2.2). */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
