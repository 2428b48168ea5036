import type { Child, PropsWithChildren } from "hono/jsx";
import { warningWords } from "../report/warning.ts";
import { Badge } from "./badge.tsx";
import { Fact } from "./fact.tsx";
import { Instant } from "./instant.tsx";
import { Owner } from "./owner.tsx";
import { sentence } from "./sentence.ts";
import { STATES } from "./state.ts";
import { ScopesText } from "./tile-scopes.tsx";
import { TileOutputs } from "./tile-outputs.tsx";
import type { Tile } from "./tile.ts";
import { TokenLifeText } from "./token-life.tsx";

export type TileCardProps = PropsWithChildren<{
  readonly tile: Tile;
  readonly now: Date;
  /** The credential's name, as a link where it has a page. */
  readonly heading: Child;
}>;

/** A credential at a glance; what there is to do for it comes as children. */
export function TileCard({ tile, now, heading, children }: TileCardProps) {
  const { word, tone } = STATES[tile.state];
  return (
    <>
      <div class="tile-top">
        <h2>{heading}</h2>
        <Badge tone={tone}>{word}</Badge>
        {tile.hitch === undefined ? null : <Badge tone="warning">nothing renews it yet</Badge>}
        {tile.scopes.missing.length === 0 ? null : <Badge tone="warning">scopes differ</Badge>}
      </div>
      <p class="tile-who">
        <strong>{tile.provider}</strong>
        {tile.owner === undefined ? null : (
          <>
            {" · "}
            <Owner owner={tile.owner} />
          </>
        )}
      </p>
      {tile.description === undefined ? null : <p>{tile.description}</p>}
      <Facts tile={tile} now={now} />
      <TileOutputs outputs={tile.outputs} now={now} />
      <Warned tile={tile} />
      {children}
    </>
  );
}

function Facts({ tile, now }: { readonly tile: Tile; readonly now: Date }) {
  const { scopes, generation, errorCode } = tile;
  return (
    <dl class="facts tile-facts">
      {errorCode === undefined ? null : (
        <Fact label="Trouble">
          <code>{errorCode}</code>
        </Fact>
      )}
      {generation === undefined ? null : (
        <Fact label="Access token">
          <TokenLifeText tile={tile} now={now} />
        </Fact>
      )}
      {scopes.declared.length + scopes.extra.length === 0 ? null : (
        <Fact label="Scopes">
          <ScopesText scopes={scopes} />
        </Fact>
      )}
      {tile.renewed === undefined ? null : (
        <Fact label={sentence(tile.renewed.how)}>
          <Renewed renewed={tile.renewed} now={now} />
          {generation === undefined ? null : (
            <span class="faint">{`, generation ${String(generation)} of its tokens`}</span>
          )}
        </Fact>
      )}
    </dl>
  );
}

function Renewed({
  renewed: { at, href },
  now,
}: {
  readonly renewed: NonNullable<Tile["renewed"]>;
  readonly now: Date;
}) {
  const when = <Instant at={at} now={now} />;
  return href === undefined ? when : <a href={href}>{when} by this run</a>;
}

function Warned({ tile: { name, warning } }: { readonly tile: Tile }) {
  if (warning === undefined) return null;
  const { what } = warningWords(name, warning);
  return <p class="tile-warned">{sentence(what)}</p>;
}
