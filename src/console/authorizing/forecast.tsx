import { envelopeSecretName, envelopeStore } from "../../declaration/credential.ts";
import { describeTarget } from "../../stores/targets.ts";
import { Scope } from "./granted.tsx";
import { sendingWords } from "./sending.ts";
import type { Subject } from "./subject.ts";

/** What will happen, before anything does. */
export function Forecast({ subject }: { readonly subject: Subject }) {
  const { credential } = subject;
  return (
    <section class="card" aria-labelledby="forecast">
      <h2 id="forecast">What will happen</h2>
      <ol>
        <li>{firstStep(subject)}</li>
        {subject.sending === undefined ? null : <li>{`${sendingWords(subject.sending)}.`}</li>}
        <li>{`What ${credential.provider.name} answers is sealed on this machine. No token is shown, or written to a file in the clear.`}</li>
        <li>
          GitHub gets it as secrets that nobody can read back. Your pipelines find the access token there.
        </li>
      </ol>
      <div class="authorize-parts">
        {credential.scopes.length === 0 ? null : (
          <div>
            <h3>What is asked for</h3>
            <ul class="authorize-list">
              {credential.scopes.map((scope) => (
                <li>
                  <Scope credential={credential} scope={scope} />
                </li>
              ))}
            </ul>
          </div>
        )}
        <div>
          <h3>Secrets that are written</h3>
          <ul class="authorize-list">
            {secretsOf(subject).map(([secret, where]) => (
              <li>
                <code>{secret}</code> <span class="faint">{where}</span>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}

function firstStep({ credential: { provider }, ways: [way] }: Subject): string {
  const { metadata, name } = provider;
  switch (way) {
    case "loopback":
      return `Your browser goes to ${hostOf(metadata.authorization_endpoint ?? metadata.issuer) ?? name}. You sign in there, allow the access, and come back here.`;
    case "paste":
      return `You open a page of ${name}, allow the access, and paste the address that the browser ends up at.`;
    case "device":
      return `You get a short code, which you enter at ${name}, on this or any other device.`;
    case "client_credentials":
      return `sealring asks ${name} for a token. Nobody has to consent.`;
  }
}

function hostOf(address: string | undefined): string | undefined {
  return address !== undefined && URL.canParse(address) ? new URL(address).host : undefined;
}

function secretsOf({ declared, credential }: Subject): readonly (readonly [secret: string, where: string])[] {
  const { name, client, environment, outputs, destinations } = credential;
  const home = describeTarget(envelopeStore(environment, declared.repository));
  const own = client.secretName === undefined ? [] : [[client.secretName, home] as const];
  const published = destinations.flatMap((target) =>
    outputs.map(({ secretName }) => [secretName, describeTarget(target)] as const),
  );
  return [...published, ...own, [envelopeSecretName(name), home]];
}
