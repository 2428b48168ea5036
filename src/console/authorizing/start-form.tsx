import type { Console } from "../console.ts";
import { FormToken } from "../page.tsx";
import type { Mistake } from "./page.tsx";
import { tickOf } from "./sending.ts";
import type { Sending } from "./sending.ts";
import type { Subject, Way } from "./subject.ts";

interface StartProps {
  readonly console: Console;
  readonly subject: Subject;
  readonly label: string;
  /** Why nothing was begun the last time; undefined: nothing was in the way. */
  readonly mistake: Mistake | undefined;
}

/** What starts an authorization. */
export function StartForm({ console, subject, label, mistake }: StartProps) {
  const { credential, ways, secret, sending } = subject;
  return (
    <form class="card" method="post" action={`/credentials/${credential.name}/authorize`}>
      <FormToken console={console} />
      {secret === "wanted" || secret === "refused" ? (
        <SecretField subject={subject} mistake={mistake} />
      ) : null}
      {sending?.consent === "needed" ? (
        <SendingField sending={sending} mistake={mistake} secret={secret} />
      ) : null}
      {ways.length > 1 ? <WayField ways={ways} /> : null}
      <button class="main authorize-button">{label}</button>
    </form>
  );
}

function SecretField({ subject, mistake }: Pick<StartProps, "subject" | "mistake">) {
  const { credential, secret } = subject;
  const isMissing = mistake === "no_secret";
  const described = isMissing ? "client-secret-mistake client-secret-note" : "client-secret-note";
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
        aria-invalid={isMissing ? "true" : undefined}
      />
      {isMissing ? (
        <p class="authorize-mistake" id="client-secret-mistake">
          The client secret is needed.
        </p>
      ) : null}
      <p class="faint" id="client-secret-note">
        {secret === "refused"
          ? `The one that is at hand was refused. Leave this empty to try it again.`
          : `As ${credential.provider.name} shows it beside the client id: GitHub cannot give back the one that it has.`}{" "}
        It is sealed to GitHub as <code>{credential.client.secretName ?? ""}</code>, and kept nowhere else.
      </p>
    </div>
  );
}

interface SendingProps extends Pick<StartProps, "mistake"> {
  readonly sending: Sending;
  readonly secret: Subject["secret"];
}

/** Nothing but the credential's file says that the host may have it, and anybody may have written that. */
function SendingField({ sending, mistake, secret }: SendingProps) {
  const isUnticked = mistake === "unticked";
  return (
    <fieldset class="authorize-ways" aria-describedby={isUnticked ? "sending-mistake" : undefined}>
      <legend>Where the client secret goes</legend>
      {isUnticked ? (
        <p class="authorize-mistake" id="sending-mistake">
          Tick this if it is right. Nothing was sent.
        </p>
      ) : null}
      <label>
        <input
          type="checkbox"
          name="sending"
          value={tickOf(sending)}
          // One that is typed goes in its place.
          required={secret === "at_hand"}
          aria-invalid={isUnticked ? "true" : undefined}
        />{" "}
        <span>
          <code>{sending.secretName}</code> is meant for <code>{sending.to}</code>. Only the credential’s file
          says so.
        </span>
      </label>
    </fieldset>
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
