import { needsDiscovery } from "../oauth/discovery.ts";
import type { CatalogueEntry } from "../providers/catalogue.ts";
import type { Provider, Revocation, VerificationRequest } from "../providers/provider.ts";
import type { Fact } from "./facts.ts";
import { lifetimeWords, reuseWords, rotationWords } from "./rotation-words.ts";

/** A provider, and what its sources say that it does not have. */
interface Told {
  readonly entry: Pick<CatalogueEntry, "none">;
  readonly provider: Provider;
  /** How long the last access token was given; left out: there is none, or its end is not known. */
  readonly lastSeconds?: number | undefined;
}

/** How long tokens last, what using a refresh token does, and what sealring does about each. */
export function tokenFacts(shown: Told): readonly Fact[] {
  return [
    ["access token", accessToken(shown)],
    ...refreshToken(shown),
    ["verification", verification(shown.provider.verification)],
    ["revocation", revocation(shown)],
  ];
}

function accessToken({ provider: { answer, issuesRefreshToken }, lastSeconds }: Told): string {
  if (answer.expiry === "never") return "has no end: it is never refreshed";
  const told = answer.expiry === "jwt" ? "its own exp counts" : "what an answer says counts";
  if (answer.lifetimeSeconds !== undefined) return `${lifetimeWords(answer.lifetimeSeconds)}; ${told}`;
  if (lastSeconds !== undefined) return `the last one was given ${lifetimeWords(lastSeconds)}; ${told}`;
  const silent = issuesRefreshToken ? "; where none says it, every run refreshes" : "";
  return `how long it lasts is not known: ${told}${silent}`;
}

function refreshToken(shown: Told): readonly Fact[] {
  const { entry, provider } = shown;
  if (provider.refresh.presents === "access_token")
    return [
      [
        "refresh token",
        "There is none: the access token is renewed with itself, before it ends.",
        ageOf(shown),
      ],
    ];
  if (!provider.issuesRefreshToken)
    return [["refresh token", "There is none: a person authorizes again when the access token ends."]];
  return [
    ["refresh token", ageOf(shown)],
    ["unused", idleness(shown)],
    ["rotation", entry.none.includes("rotation") ? "None." : rotationWords(provider.rotation)],
    ...(isTriedWithCare(shown) ? [["reuse", reuseWords(provider.reuse)] satisfies Fact] : []),
  ];
}

/** Where a used refresh token works on, its reuse is no question. */
function isTriedWithCare({ entry, provider: { rotation } }: Told): boolean {
  return rotation.kind !== "none" && rotation.kind !== "old_stays_valid" && !entry.none.includes("reuse");
}

function ageOf({ entry, provider: { refreshTokenLifetimeSeconds: seconds } }: Told): string {
  if (seconds !== undefined)
    return `The grant ends ${lifetimeWords(seconds)} after the authorization, however often it is refreshed. Its owner is told up to two weeks before.`;
  return entry.none.includes("refresh_token_lifetime_seconds")
    ? "No end by default."
    : "Whether the grant ends of age is not known, so nobody is told before. When it has ended, its owner is.";
}

function idleness({ entry, provider: { refreshTokenIdleSeconds: seconds } }: Told): string {
  if (seconds !== undefined)
    return `It ends when it is not used for ${lifetimeWords(seconds)}. sealring uses it before, due or not.`;
  return entry.none.includes("refresh_token_idle_seconds")
    ? "No end by default."
    : "Whether it ends of idleness is not known. Where an answer names an end, sealring uses it before.";
}

function verification(request: VerificationRequest | undefined): string {
  return request === undefined
    ? "No request is known that proves a token: after an authorization it is not tried."
    : `After an authorization the token is tried once, by ${request.method}.`;
}

function revocation({ entry, provider }: Told): string {
  const { metadata, revocation: way } = provider;
  if (metadata.revocation_endpoint !== undefined)
    return `sealring revoke ends the grant there, too${wayOf(way)}.`;
  if (needsDiscovery(provider))
    return `Where the metadata of ${provider.name} names a way to revoke, sealring revoke ends the grant there, too. Where not, it removes the secrets, and you end the grant in your account there.`;
  const why = entry.none.includes("revocation_endpoint")
    ? "It has no way to revoke"
    : "No way to revoke is known";
  return `${why}: sealring revoke removes the secrets, and you end the grant in your account there.`;
}

function wayOf({ method, tokens, tokenIn }: Revocation): string {
  const named = tokens.map((token) => token.replace("_", " ")).join(", then the ");
  return method === "POST" && tokenIn === "form"
    ? ` (RFC 7009: the ${named})`
    : ` (${method} with the ${named})`;
}
