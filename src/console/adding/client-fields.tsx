import type { ClientKind } from "../../adding/told.ts";
import { FaultSlot, Help, Label } from "../form/parts.tsx";
import { described, inputId } from "../form/shown.ts";
import type { Shown } from "../form/shown.ts";
import { CLIENT_ID_AGAIN, CLIENT_KIND, CLIENT_SECRET } from "./client-form.ts";

interface ClientFieldsProps {
  readonly mode: "new" | "edit";
  readonly kinds: readonly ClientKind[];
  readonly secretWord: string;
  readonly shown: Shown;
}

/** What is asked of the client beside its id. The secret is never in a page, whatever was typed before. */
export function ClientFields({ mode, kinds, secretWord, shown }: ClientFieldsProps) {
  const again =
    mode === "new" ? "A slip here shows only when somebody authorizes." : "Only where you change it.";
  return (
    <>
      <div class="field">
        <Label name={CLIENT_ID_AGAIN} need={mode === "new" ? "needed" : "optional"}>
          Client id, again
        </Label>
        <Help name={CLIENT_ID_AGAIN} text={again} />
        <input
          {...described(CLIENT_ID_AGAIN, shown, again)}
          id={inputId(CLIENT_ID_AGAIN)}
          name={CLIENT_ID_AGAIN}
          value={shown.typed.one(CLIENT_ID_AGAIN)}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
        />
        <FaultSlot name={CLIENT_ID_AGAIN} shown={shown} />
      </div>
      {mode === "new" && kinds.length > 1 ? <Kinds kinds={kinds} shown={shown} /> : null}
      {kinds.includes("confidential") ? <SecretField mode={mode} word={secretWord} shown={shown} /> : null}
    </>
  );
}

const KIND_WORDS: Readonly<Record<ClientKind, string>> = {
  confidential: "yes",
  public: "no: it is a public client",
};

function Kinds({ kinds, shown }: Pick<ClientFieldsProps, "kinds" | "shown">) {
  const chosen = shown.typed.one(CLIENT_KIND) || kinds[0];
  return (
    <fieldset class="field ticks" id={inputId(CLIENT_KIND)}>
      <legend>Did the provider give you a client secret?</legend>
      {kinds.map((kind) => (
        <div class="tick">
          <input
            type="radio"
            id={inputId(`${CLIENT_KIND}/${kind}`)}
            name={CLIENT_KIND}
            value={kind}
            checked={kind === chosen}
          />
          <label for={inputId(`${CLIENT_KIND}/${kind}`)}>{KIND_WORDS[kind]}</label>
        </div>
      ))}
    </fieldset>
  );
}

function SecretField({
  mode,
  word,
  shown,
}: Pick<ClientFieldsProps, "mode" | "shown"> & { readonly word: string }) {
  const help = `It is sealed for GitHub and written nowhere else. ${
    mode === "new"
      ? "Left empty: it is asked for when somebody authorizes."
      : "Left empty: it stays as it is."
  }`;
  const { "aria-describedby": readers, ...state } = described(CLIENT_SECRET, shown, help);
  return (
    <div class="field">
      <Label name={CLIENT_SECRET} need="optional">
        {word}
      </Label>
      <Help name={CLIENT_SECRET} text={help} />
      <input
        {...state}
        aria-describedby={isDropped(shown) ? `${readers ?? ""} ${DROPPED}` : readers}
        type="password"
        id={inputId(CLIENT_SECRET)}
        name={CLIENT_SECRET}
        autocomplete="off"
        spellcheck={false}
      />
      {isDropped(shown) ? (
        <div class="field-fault" id={DROPPED}>
          <p class="warned">If this is empty, type it again: it was not kept.</p>
        </div>
      ) : null}
      <FaultSlot name={CLIENT_SECRET} shown={shown} />
    </div>
  );
}

const DROPPED = "client_secret:dropped";

/** Whether one was sent with the form that comes back. A script may have put it back: whoever reads it looks. */
function isDropped({ typed }: Shown): boolean {
  return typed.one(CLIENT_SECRET) !== "" && typed.one(CLIENT_KIND) !== "public";
}
