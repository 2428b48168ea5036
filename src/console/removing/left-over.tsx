import { deleteCommand } from "../../stores/commands.ts";
import { describeTarget } from "../../stores/targets.ts";
import { Command } from "../hint.tsx";
import type { Left } from "./left.ts";
import type { Removable } from "./removable.ts";

/** The secrets that stay on GitHub, and what becomes of each. */
export function LeftOver({ removable: { credential, known } }: { readonly removable: Removable }) {
  if (known === undefined) return <p>What it has on GitHub stays there, and could not be looked at.</p>;
  const { left, webUrl } = known;
  return (
    <>
      {left.length === 0 ? null : (
        <>
          <h3>What stays on GitHub</h3>
          <ul class="notes">
            {left.map((each) => (
              <li>
                <p>
                  <code>{each.secretName}</code>
                  {` in the ${describeTarget(each.target)}. `}
                  <Fate left={each} webUrl={webUrl} />
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
      {credential === undefined ? (
        <p>Its file has faults. A client secret that was sealed for it stays on GitHub as well.</p>
      ) : null}
    </>
  );
}

function Fate({ left, webUrl }: { readonly left: Left; readonly webUrl: string }) {
  if (left.kind === "planned") return <>The plan that comes next says how it is removed.</>;
  return (
    <>
      {"No plan names it: delete it there if nothing else uses it: "}
      <Command command={deleteCommand({ webUrl }, left.target, left.secretName)} />
    </>
  );
}
