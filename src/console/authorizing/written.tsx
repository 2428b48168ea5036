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
      <div class="scroll" tabindex={0} role="region" aria-label="Secrets that were written">
        <table>
          <thead>
            <tr>
              <th scope="col">Secret</th>
              <th scope="col">Outcome</th>
              <th scope="col">Where</th>
            </tr>
          </thead>
          <tbody>
            {publications.map((publication) => (
              <Row publication={publication} />
            ))}
          </tbody>
        </table>
      </div>
      {missing === 0 ? null : (
        <p>
          {missing === 1 ? "One secret is" : `${String(missing)} secrets are`} missing where they are read.
          The outputs are on record, and the workflow's next run writes them.
        </p>
      )}
    </>
  );
}

function Row({ publication }: { readonly publication: Publication }) {
  const { secret, target, outcome, message, hint } = publication;
  const tone = outcome === "skipped" ? "warning" : isMissing(publication) ? "bad" : "good";
  return (
    <tr>
      <td>
        <code>{secret}</code>
      </td>
      <td>
        <Badge tone={tone}>{outcome.replaceAll("_", " ")}</Badge>
        {message === undefined ? null : <div>{message}</div>}
        {hint === undefined ? null : (
          <div class="faint">
            <Hint text={hintHere(hint)} />
          </div>
        )}
      </td>
      <td>{describeTarget(target)}</td>
    </tr>
  );
}
