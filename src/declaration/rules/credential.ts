import { findEntry, listProviders } from "../../providers/catalogue.ts";
import type { Provider } from "../../providers/provider.ts";
import { closest } from "../closest.ts";
import type { LocatedFinding } from "../fault.ts";
import type { LooseCredential } from "../loose.ts";
import { quote } from "../quote.ts";
import { clientFindings } from "./client.ts";
import { contradictionFindings } from "./contradictions.ts";
import { parameterFindings } from "./parameters.ts";
import { providerFindings } from "./provider.ts";
import { redirectFindings } from "./redirect.ts";
import { scopeFindings } from "./scopes.ts";

/** A credential as the rules judge it. */
export interface Judged {
  readonly loose: LooseCredential;
  /** undefined: unknown, or faulty. */
  readonly provider: Provider | undefined;
  /** The file's name without its folder and extension. */
  readonly stem: string;
}

/** What is wrong with one credential beyond its schema. */
export function credentialFindings(judged: Judged): readonly LocatedFinding[] {
  return [
    ...nameFindings(judged),
    ...unknownProvider(judged),
    ...providerFindings(judged),
    ...contradictionFindings(judged.loose),
    ...parameterFindings(judged.loose),
    ...grantFindings(judged),
    ...clientFindings(judged),
    ...scopeFindings(judged),
    ...redirectFindings(judged),
  ];
}

function nameFindings({ loose, stem }: Judged): readonly LocatedFinding[] {
  if (loose.name === undefined || loose.name === stem) return [];
  return [
    {
      rule: "credential-name",
      message: `the credential is ${quote(loose.name)} and its file is ${quote(stem)}`,
      hint: `rename the file to ${loose.name}.yaml, or write name: ${stem}`,
      path: ["name"],
      part: "value",
    },
  ];
}

function unknownProvider({ loose, provider }: Judged): readonly LocatedFinding[] {
  if (typeof loose.provider !== "string" || provider !== undefined || findEntry(loose.provider) !== undefined)
    return [];
  const ids = listProviders().map(({ id }) => id);
  const meant = closest(loose.provider, ids);
  return [
    {
      rule: "unknown-provider",
      message: `${quote(loose.provider)} is not in the catalogue`,
      hint:
        meant === undefined
          ? "run: sealring providers list, or describe it inline, such as provider: { issuer: https://id.example.com }"
          : `did you mean ${quote(meant)}?`,
      path: ["provider"],
      part: "value",
    },
  ];
}

function grantFindings({ loose, provider }: Judged): readonly LocatedFinding[] {
  const { grant } = loose;
  if (grant === undefined) return [];
  const offered = provider?.grants;
  if (provider !== undefined && offered !== undefined && !offered.includes(grant)) {
    return [
      {
        rule: "unsupported-grant",
        message: `${provider.name} does not offer ${quote(grant)}`,
        hint: `write grant: ${offered.join(" or ")}`,
        path: ["grant"],
        part: "value",
      },
    ];
  }
  return [];
}
