import type { Invitation } from "../../ports.ts";
import { safeHref } from "../../page/href.ts";
import { Instant } from "../../page/instant.tsx";
import type { Console } from "../console.ts";
import { FormToken } from "../page.tsx";
import { QrCode } from "./qr.tsx";

interface Invited<Kind extends Invitation["kind"] = Invitation["kind"]> {
  readonly console: Console;
  readonly name: string;
  readonly provider: string;
  readonly invitation: Extract<Invitation, { readonly kind: Kind }>;
  /** `once`: the person has just pressed the button, so the page goes there by itself. */
  readonly follow: "once" | "never";
}

/** What the person has to do elsewhere. */
export function YourPart(props: Invited) {
  const { invitation } = props;
  switch (invitation.kind) {
    case "address":
      return <Consent {...props} invitation={invitation} />;
    case "paste":
      return <Paste {...props} invitation={invitation} />;
    case "user_code":
      return <UserCode {...props} invitation={invitation} />;
  }
}

function Consent({ provider, invitation: { url }, follow }: Invited<"address">) {
  return (
    <>
      <h2>{`Your consent at ${provider}`}</h2>
      <p>{`${provider} asks you to sign in, and shows what is asked for. Then you come back here by yourself.`}</p>
      <p class="actions">
        <a
          class="button main authorize-button"
          href={safeHref(url)}
          rel="noreferrer"
          data-follow={follow === "once" ? "" : undefined}
        >
          {`Continue at ${provider}`}
        </a>
      </p>
    </>
  );
}

function Paste({ console, name, provider, invitation: { url, redirectUri } }: Invited<"paste">) {
  return (
    <>
      <h2>{`Your consent at ${provider}`}</h2>
      <ol>
        <li>
          <a href={safeHref(url)} target="_blank" rel="noopener noreferrer">
            {`Open ${provider}`}
            <span class="for-readers"> in a new tab</span>
          </a>
          , here or on another device, and allow the access.
        </li>
        <li>
          The browser then goes to <code>{redirectUri}</code>, and most often shows an error page there: that
          is expected.
        </li>
        <li>Copy the whole address from its address bar, and paste it here.</li>
      </ol>
      <form method="post" action={`/credentials/${name}/authorize/paste`}>
        <FormToken console={console} />
        <p class="authorize-field">
          <label for="address">The address that the browser ended up at</label>
          <input id="address" name="address" required autocomplete="off" spellcheck={false} />
        </p>
        <button class="main">Go on</button>
      </form>
    </>
  );
}

function UserCode({ provider, invitation }: Invited<"user_code">) {
  const { userCode, verificationUri, verificationUriComplete, expiresAt } = invitation;
  const address = safeHref(verificationUri);
  const scanned = safeHref(verificationUriComplete) ?? address;
  return (
    <>
      <h2>{`Your consent at ${provider}`}</h2>
      <p>
        On any device, open <code>{verificationUri}</code> and enter this code:
      </p>
      <p class="authorize-code">{userCode}</p>
      {address === undefined ? null : (
        <p class="actions">
          <a class="button main authorize-button" href={address} target="_blank" rel="noopener noreferrer">
            Open it here
            <span class="for-readers"> in a new tab</span>
          </a>
        </p>
      )}
      <p class="faint">
        The code is good until <Instant at={expiresAt} />.
      </p>
      {scanned === undefined ? null : (
        <figure class="authorize-scan">
          <QrCode address={scanned} label={`QR code of ${provider}'s page`} />
          <figcaption>Or scan this with a phone, and compare the code.</figcaption>
        </figure>
      )}
    </>
  );
}
