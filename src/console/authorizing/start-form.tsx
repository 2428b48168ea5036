import type { Console } from "../console.ts";
import { FormToken } from "../page.tsx";
import type { Subject, Way } from "./subject.ts";

interface StartProps {
  readonly console: Console;
  readonly subject: Subject;
  readonly label: string;
  /** What was missing the last time; undefined: nothing. */
  readonly mistake: string | undefined;
}

/** What starts an authorization. */
export function StartForm({ console, subject, label, mistake }: StartProps) {
  const { credential, ways, secret } = subject;
  return (
    <form class="card" method="post" action={`/credentials/${credential.name}/authorize`}>
      <FormToken console={console} />
      {secret === "wanted" || secret === "refused" ? (
        <SecretField subject={subject} mistake={mistake} />
      ) : null}
      {ways.length > 1 ? <WayField ways={ways} /> : null}
      <button class="main authorize-button">{label}</button>
    </form>
  );
}

function SecretField({ subject, mistake }: Pick<StartProps, "subject" | "mistake">) {
  const { credential, secret } = subject;
  const described = mistake === undefined ? "client-secret-note" : "client-secret-mistake client-secret-note";
  return (
    <div class="authorize-field">
      <label for="client-secret">Client secret</label>
      <input
        id="client-secret"
        name="client_secret"
        type="password"
        required={secret === "wanted"}
        autocomplete="off"
        aria-describedby={described}
        aria-invalid={mistake === undefined ? undefined : "true"}
      />
      {mistake === undefined ? null : (
        <p class="authorize-mistake" id="client-secret-mistake">
          {mistake}
        </p>
      )}
      <p class="faint" id="client-secret-note">
        {secret === "refused"
          ? `The one that is at hand was refused. Leave this empty to try it again.`
          : `As ${credential.provider.name} shows it beside the client id.`}{" "}
        It is sealed to GitHub as <code>{credential.client.secretName ?? ""}</code>, and kept nowhere else.
      </p>
    </div>
  );
}

const PLACES: Readonly<Record<Way, string>> = {
  loopback: "In this browser",
  paste: "On another device, or in another browser: I paste the address back",
  device: "With a code",
  client_credentials: "Without a person",
};

function WayField({ ways }: { readonly ways: readonly Way[] }) {
  return (
    <fieldset class="authorize-ways">
      <legend>Where you allow it</legend>
      {ways.map((way, index) => (
        <label>
          <input type="radio" name="flow" value={way} checked={index === 0} /> {PLACES[way]}
        </label>
      ))}
    </fieldset>
  );
}
