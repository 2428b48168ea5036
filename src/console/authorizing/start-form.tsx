import { sentence } from "../../page/sentence.ts";
import { ID_AS_SECRET } from "../adding/client-form.ts";
import type { Console } from "../console.ts";
import { FormToken } from "../page.tsx";
import type { Mistake } from "./page.tsx";
import type { Sending } from "./sending.ts";
import type { Subject, Way } from "./subject.ts";

interface StartProps {
  readonly console: Console;
  readonly subject: Subject;
  readonly label: string;
  /** Why nothing was begun the last time; undefined: nothing was in the way. */
  readonly mistake: Mistake | undefined;
}

/** What starts an authorization. For others who get the secret it is another form: nothing that was typed or ticked is taken over. */
export function StartForm({ console, subject, label, mistake }: StartProps) {
  const { credential, ways, secret, sending } = subject;
  return (
    <form
      id={sending && `sending-${sending.fingerprint}`}
      class="card"
      method="post"
      action={`/credentials/${credential.name}/authorize`}
    >
      <FormToken console={console} />
      {mistake === "changed" ? <Changed /> : null}
      {secret === "wanted" || secret === "refused" ? (
        <SecretField subject={subject} mistake={mistake} />
      ) : null}
      {sending === undefined ? null : <SendingField sending={sending} mistake={mistake} />}
      {ways.length > 1 ? <WayField ways={ways} /> : null}
      <button class="main authorize-button">{label}</button>
    </form>
  );
}

function Changed() {
  return (
    <p class="authorize-mistake">
      The credential’s file has changed since the page was opened. Nothing was sent: look at where the client
      secret goes now.
    </p>
  );
}

const SECRET_MISTAKES: Readonly<Partial<Record<Mistake, string>>> = {
  no_secret: "The client secret is needed.",
  id_as_secret: `${sentence(ID_AS_SECRET.message)}: ${ID_AS_SECRET.hint}.`,
};

function SecretField({ subject, mistake }: Pick<StartProps, "subject" | "mistake">) {
  const { credential, secret, sending } = subject;
  const wrong = mistake && SECRET_MISTAKES[mistake];
  const described = wrong ? "client-secret-mistake client-secret-note" : "client-secret-note";
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
        aria-invalid={wrong ? "true" : undefined}
      />
      {wrong ? (
        <p class="authorize-mistake" id="client-secret-mistake">
          {wrong}
        </p>
      ) : null}
      <p class="faint" id="client-secret-note">
        {secret === "refused"
          ? `The one that is at hand was refused. Leave this empty to try it again.`
          : `As ${credential.provider.name} shows it beside the client id: GitHub cannot give back the one that it has.`}{" "}
        {sending?.consent === "not_needed" ? (
          <>
            It is sent to <code>{sending.to}</code>.{" "}
          </>
        ) : null}
        It is sealed to GitHub as <code>{credential.client.secretName ?? ""}</code>, and kept nowhere else.
      </p>
    </div>
  );
}

interface SendingProps extends Pick<StartProps, "mistake"> {
  readonly sending: Sending;
}

/** Asked where nothing but the credential's file says that the host may have it: anybody may have written that. */
function SendingField({ sending, mistake }: SendingProps) {
  const { secretName, to, consent, fingerprint } = sending;
  if (consent === "not_needed") return <input type="hidden" name="sending" value={fingerprint} />;
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
          value={fingerprint}
          required
          aria-invalid={isUnticked ? "true" : undefined}
        />{" "}
        <span>
          <code>{secretName}</code> is meant for <code>{to}</code>. Only the credential’s file says so.
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
