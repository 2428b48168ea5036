import type { Credential } from "../declaration/credential.ts";
import type { HttpClient } from "../ports.ts";
import type { Provider } from "../providers/provider.ts";
import type { Check, Finding } from "./finding.ts";
import { discoverOrSay, judgeOutcome } from "./provider.ts";

const ABOUT = "endpoint";

/** Whether each endpoint that the credential would use answers. It gets a request that asks for nothing. */
export function endpointsCheck(credential: Credential, http: HttpClient): Check {
  return {
    about: ABOUT,
    run: async () => {
      const provider = await discoverOrSay(http, credential.provider);
      const urls = [provider, ...provider.generations].flatMap((each) => urlsOf(credential, each));
      const once = urls.filter(([, url], index) => urls.findIndex(([, other]) => other === url) === index);
      const reached = once.map((endpoint) => reach(http, endpoint));
      return [...missingFrom(credential, provider), ...(await Promise.all(reached))];
    },
  };
}

type Labelled = readonly [label: string, url: string];

function urlsOf({ grant }: Credential, provider: Provider): readonly Labelled[] {
  const { metadata, verification } = provider;
  const all = [
    ...STARTS[grant](provider),
    ["token", metadata.token_endpoint],
    ...(grant === "client_credentials" ? [] : [["refresh", provider.refresh.endpoint] as const]),
    ["revocation", metadata.revocation_endpoint],
    ["verification", verification?.endpoint],
  ] as const;
  return all.flatMap(([label, url]) => (url === undefined ? [] : [[label, url] as const]));
}

type Start = (provider: Provider) => readonly (readonly [label: string, url: string | undefined])[];

const STARTS: Readonly<Record<Credential["grant"], Start>> = {
  authorization_code: ({ metadata, exchange }) => [
    ["authorization", metadata.authorization_endpoint],
    ...(metadata.require_pushed_authorization_requests === true
      ? [["pushed authorization request", metadata.pushed_authorization_request_endpoint] as const]
      : []),
    ["exchange", exchange?.endpoint],
  ],
  device_code: ({ metadata, device }) => [
    ["device authorization", metadata.device_authorization_endpoint],
    ["device token", device.tokenEndpoint],
  ],
  client_credentials: () => [],
};

const NEEDED = {
  authorization_code: ["token_endpoint", "authorization_endpoint"],
  device_code: ["token_endpoint", "device_authorization_endpoint"],
  client_credentials: ["token_endpoint"],
} as const;

function missingFrom({ grant }: Credential, { name, metadata }: Provider): readonly Finding[] {
  return NEEDED[grant]
    .filter((field) => metadata[field] === undefined)
    .map((field) => ({
      ...{ kind: "failure", about: ABOUT, found: `${name} has no ${field} for ${grant}` },
      fix: `declare ${field} in the provider, or another grant`,
    }));
}

async function reach(http: HttpClient, [label, url]: Labelled): Promise<Finding> {
  const outcome = await http.send({ method: "GET", url, headers: { accept: "application/json" } });
  if (outcome.kind === "answer" && outcome.status === 404 && ASKED_BY_GET.includes(label))
    return gone(label, url);
  const finding = judgeOutcome(new URL(url).origin, outcome);
  return { ...finding, about: ABOUT, found: `${label}: ${finding.found}` };
}

/** Others may well have nothing at a GET. */
const ASKED_BY_GET: readonly string[] = ["authorization", "verification"];

function gone(label: string, url: string): Finding {
  const { origin, pathname } = new URL(url);
  return {
    ...{ kind: "warning", about: ABOUT, found: `${label}: ${origin} has nothing at ${pathname} (404)` },
    fix: `compare ${label}_endpoint with the provider's documentation`,
  };
}
