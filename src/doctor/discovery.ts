import type { Credential } from "../declaration/credential.ts";
import { publishedMetadata } from "../oauth/discovery.ts";
import type { HttpClient } from "../ports.ts";
import { driftOf } from "./drift.ts";
import type { Check, Finding } from "./finding.ts";
import { orSay } from "./provider.ts";

const ABOUT = "discovery";

/**
 * Whether what is declared of an authorization server, or stands in the catalogue, is still what it publishes of itself;
 * each of its generations where it has several. Its metadata is fetched though no endpoint has to be looked up.
 */
export function discoveryChecks(credential: Credential, http: HttpClient): readonly Check[] {
  const all = [credential.provider, ...credential.provider.generations];
  const known = all.filter(({ metadata }) => metadata.issuer !== undefined);
  if (known.length === 0) {
    const found = "no issuer is declared, so that there is nothing to compare with";
    return [{ about: ABOUT, run: () => [{ kind: "skipped", about: ABOUT, found }] }];
  }
  return known.map((provider) => ({ about: ABOUT, run: () => compare({ ...credential, provider }, http) }));
}

async function compare(credential: Credential, http: HttpClient): Promise<readonly Finding[]> {
  const { issuer = "" } = credential.provider.metadata;
  const published = await orSay(http, issuer, () => publishedMetadata(http, issuer));
  if (published === undefined)
    return [{ kind: "skipped", about: ABOUT, found: `${issuer} publishes no metadata to compare with` }];
  const drift = driftOf(credential, published);
  if (drift.length === 0)
    return [{ kind: "ok", about: ABOUT, found: `agrees with what ${issuer} publishes` }];
  return drift.map(({ found, fix }) => ({ kind: "warning", about: ABOUT, found, fix }));
}
