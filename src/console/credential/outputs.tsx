import type { OutputField } from "../../declaration/credential.ts";
import { WritingText } from "../../page/tile-outputs.tsx";
import type { Tile } from "../../page/tile.ts";

/** The secrets that pipelines read, and when each was last written. */
export function Outputs({ outputs, now }: Pick<Tile, "outputs"> & { readonly now: Date }) {
  return (
    <ul class="written">
      {outputs.map(({ secretName, field, store, writing }) => (
        <li>
          <code>{secretName}</code>
          {`, ${FIELDS[field]}, in ${store}: `}
          <WritingText writing={writing} now={now} />
        </li>
      ))}
    </ul>
  );
}

const FIELDS: Readonly<Record<OutputField, string>> = {
  access_token: "the access token",
  id_token: "the id token",
  expires_at: "when the access token ends",
  scope: "the granted scopes",
  token_type: "the token type",
};
