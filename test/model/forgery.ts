import { encodeBox } from "../../src/envelope/box.ts";
import { decodeEnvelope, encodeEnvelope } from "../../src/envelope/envelope.ts";
import { Secret } from "../../src/secret.ts";
import { entryOf } from "./facts.ts";
import { NONE, sealed, textId, textOf } from "./texts.ts";
import type { TextId } from "./texts.ts";
import type { World } from "./world.ts";

const NO_KEY = new Secret(Buffer.alloc(32, 255).toString("base64"));

/**
 * A box for the open intent with tokens that nobody issued. Whoever may write to the state branch knows everything that
 * it takes, but the key of the envelope before it; where boxes are not authenticated, everybody knows that.
 */
export function forgedBox({ broken, branch, envelope }: World): TextId {
  const intent = entryOf(branch.entry)?.intent;
  if (intent === undefined || envelope === NONE) return NONE;
  const genuine = decodeEnvelope("oura", new Secret(textOf(envelope)));
  const { generation, nonce } = intent;
  const body = JSON.stringify({ access_token: "at-0", token_type: "bearer", refresh_token: "rt-0" });
  const forged = encodeEnvelope({ ...genuine, generation, nonce, answer: { ...genuine.answer, body } });
  const key = broken === "boxes_are_not_authenticated" ? genuine.key : NO_KEY;
  const contents = sealed(forged.reveal());
  return textId(
    encodeBox(
      {
        credential: "oura",
        generation,
        nonce,
        sealed: contents,
        recovery: undefined,
        clientSecret: undefined,
      },
      key,
    ),
  );
}
