import { Badge } from "../../page/badge.tsx";
import { Notice } from "../../page/notice.tsx";
import { sentence } from "../../page/sentence.ts";
import { STATES } from "../../page/state.ts";
import { tileOf } from "../../page/tile.ts";
import type { Tile } from "../../page/tile.ts";
import { warningWords } from "../../report/warning.ts";
import { Command } from "../hint.tsx";
import type { Operation } from "../operation.ts";
import { InTerminal, Running } from "../tiles/actions.tsx";
import { Actions } from "./actions.tsx";
import { actsFor } from "./acts.ts";
import { CurrentFacts } from "./current-facts.tsx";
import type { Subject } from "./gather.ts";
import { Outputs } from "./outputs.tsx";
import { Spans } from "./spans.tsx";
import { stateWords } from "./state-words.ts";

export interface NowProps {
  readonly subject: Extract<Subject, { kind: "declared" }>;
  /** What this console is doing for it. */
  readonly running: Operation | undefined;
  readonly now: Date;
}

/** How the credential is, and what there is to do. */
export function NowCard({ subject, running, now }: NowProps) {
  const { credential, project, status, hitch } = subject;
  const entry = status?.entry;
  const tile = { ...tileOf(credential, status, now), hitch };
  const { word, tone } = STATES[running === undefined ? tile.state : "busy"];
  return (
    <section class="card" aria-labelledby="now-heading">
      <h2 id="now-heading">
        {"Now "}
        <Badge tone={tone}>{word}</Badge>
      </h2>
      {running === undefined ? (
        <>
          <p>
            <Spans text={stateWords({ tile, credential, project, entry, now })} />
          </p>
          <Held tile={tile} />
          <Ending tile={tile} />
          <Missing tile={tile} />
          <Actions tile={tile} acts={actsFor({ tile, entry, credential })} />
          <InTerminal tile={tile} />
        </>
      ) : (
        <Running operation={running} name={credential.name} />
      )}
      <CurrentFacts tile={tile} status={status} now={now} />
      <h3>Secrets that it writes</h3>
      <Outputs outputs={tile.outputs} now={now} />
    </section>
  );
}

/** Why nothing renews it yet, and the way out. */
function Held({ tile: { hitch } }: { readonly tile: Tile }) {
  if (hitch === undefined) return null;
  const { words, way } = hitch;
  return (
    <Notice tone="warning">
      <p>
        {`${words} `}
        <a href={way.href}>{way.label}</a>
      </p>
    </Notice>
  );
}

/** What is declared and not granted; the journal does not say whether it was ever asked for. */
function Missing({ tile: { provider, scopes } }: { readonly tile: Tile }) {
  if (scopes.missing.length === 0) return null;
  return (
    <Notice tone="warning">
      <p>
        {`${provider} has not granted ${scopes.missing.join(", ")} so far: it was declared after the last authorization, or its box was not ticked then. Requests that need it are refused. Authorize again, and leave every box ticked.`}
      </p>
    </Notice>
  );
}

/** What is about to end. */
function Ending({ tile: { name, warning } }: { readonly tile: Tile }) {
  if (warning === undefined) return null;
  const { what, command } = warningWords(name, warning);
  return (
    <Notice tone="warning">
      <p>
        {`${sentence(what)} To keep it: `}
        <Command command={command} />
      </p>
    </Notice>
  );
}
