import type { Site, StatusResult } from "../../commands/status.ts";
import type { JournalEntry } from "../../journal/entry.ts";
import { Fact } from "../../page/fact.tsx";
import { runHref } from "../../page/href.ts";
import { Instant } from "../../page/instant.tsx";
import { ScopesText } from "../../page/tile-scopes.tsx";
import type { Tile } from "../../page/tile.ts";
import { TokenLifeText } from "../../page/token-life.tsx";

interface Shown {
  readonly tile: Tile;
  /** undefined: GitHub could not be asked. */
  readonly status: StatusResult | undefined;
  readonly now: Date;
}

/** What the journal says of it. */
export function CurrentFacts({ tile, status, now }: Shown) {
  return (
    <dl class="facts">
      {tile.generation === undefined ? null : (
        <Fact label="Access token">
          <TokenLifeText tile={tile} now={now} />
        </Fact>
      )}
      <Fact label="Scopes">
        {tile.scopes.declared.length + tile.scopes.extra.length === 0 ? (
          "none"
        ) : (
          <ScopesText scopes={tile.scopes} />
        )}
      </Fact>
      {status?.entry === undefined ? null : (
        <JournalFacts entry={status.entry} site={status.site} now={now} />
      )}
    </dl>
  );
}

interface JournalProps {
  readonly entry: JournalEntry;
  readonly site: Site;
  readonly now: Date;
}

function JournalFacts({ entry, site, now }: JournalProps) {
  const { generation, error, runUrl } = entry;
  const href = runHref(runUrl, site);
  return (
    <>
      {error === undefined ? null : (
        <Fact label="Trouble">
          {error.class.replaceAll("_", " ")}
          {" ("}
          <code>{error.code}</code>)
        </Fact>
      )}
      <Fact label="Generation">
        {generation === 0 ? (
          "none yet"
        ) : (
          <>
            {generation}
            <span class="faint">, which counts every attempt, failed ones too</span>
          </>
        )}
      </Fact>
      <Passed label="Authorized" at={entry.authorizedAt} now={now} />
      <Passed label="Refreshed" at={entry.refreshedAt} now={now} />
      {href === undefined ? null : (
        <Fact label="Renewed by">
          <a href={href}>{`run ${href.slice(href.lastIndexOf("/") + 1)}`}</a>
        </Fact>
      )}
    </>
  );
}

interface PassedProps {
  readonly label: string;
  readonly at: Date | undefined;
  readonly now: Date;
}

function Passed({ label, at, now }: PassedProps) {
  return (
    <Fact label={label}>
      {at === undefined ? (
        "never"
      ) : (
        <>
          <Instant at={at} />
          <span class="faint">
            {", "}
            <Instant at={at} now={now} />
          </span>
        </>
      )}
    </Fact>
  );
}
