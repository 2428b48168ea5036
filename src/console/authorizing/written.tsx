import { Badge } from "../../page/badge.tsx";
import { isMissing } from "../../protocol/publish.ts";
import type { Publication } from "../../protocol/publish.ts";
import { describeTarget } from "../../stores/targets.ts";
import { Hint } from "../hint.tsx";
import { hintHere } from "./hints.ts";

/** Each secret, what became of it, and where it is. */
export function Written({ publications }: { readonly publications: readonly Publication[] }) {
  const missing = publications.filter(isMissing).length;
  return (
    <>
      <h2>Secrets</h2>
      <ul class="authorize-list">
        {publications.map((publication) => (
          <Item publication={publication} />
        ))}
      </ul>
      {missing === 0 ? null : (
        <p>
          {missing === 1 ? "One secret is" : `${String(missing)} secrets are`} missing where they are read.
          The outputs are on record, and the workflow's next run writes them.
        </p>
      )}
    </>
  );
}

function Item({ publication }: { readonly publication: Publication }) {
  const { secret, target, outcome, message, hint } = publication;
  const tone = outcome === "skipped" ? "warning" : isMissing(publication) ? "bad" : "good";
  return (
    <li>
      <Badge tone={tone}>{outcome.replaceAll("_", " ")}</Badge> <code>{secret}</code>{" "}
      <span class="faint">{describeTarget(target)}</span>
      {message === undefined ? null : (
        <div>
          {message} {hint === undefined ? null : <Hint text={hintHere(hint)} />}
        </div>
      )}
    </li>
  );
}
