import { Instant } from "./instant.tsx";
import { STATES } from "./state.ts";
import type { Tile, TokenLife } from "./tile.ts";

/** How much of an access token's life is left, as words and as a bar that says the same. */
export function TokenLifeText({ tile, now }: { readonly tile: Tile; readonly now: Date }) {
  const { token, renewal, generation, state } = tile;
  if (generation === 0) return <>none yet</>;
  if (state === "revoked") return <>none: it was revoked</>;
  if (token === undefined) return <>{renewal === "not_needed" ? "has no end" : "its end is not known"}</>;
  const isOver = token.expiresAt <= now;
  return (
    <>
      {isOver ? "ended " : "ends "}
      <Instant at={token.expiresAt} now={now} />
      {isWorking(tile) ? <Renewed tile={tile} token={token} now={now} /> : null}
      <Bar token={token} tone={STATES[tile.state].tone} />
    </>
  );
}

/** Whether nothing stands in the way of renewing it. */
function isWorking({ state }: Tile): boolean {
  return state === "fresh" || state === "due";
}

interface RenewedProps {
  readonly tile: Tile;
  readonly token: TokenLife;
  readonly now: Date;
}

function Renewed({ tile, token, now }: RenewedProps) {
  if (tile.hitch !== undefined) return <span class="faint">, and nothing renews it yet</span>;
  if (tile.renewal !== "unattended") return <span class="faint">, and nothing renews it</span>;
  if (token.dueFrom <= now) return <span class="faint">, the next run renews it</span>;
  return (
    <span class="faint">
      {", to be renewed "}
      <Instant at={token.dueFrom} now={now} />
    </span>
  );
}

/** What is left runs out to the left; the mark is where a run renews it. */
function Bar({ token, tone }: { readonly token: TokenLife; readonly tone: string }) {
  const { from, expiresAt, dueFrom, left } = token;
  const whole = expiresAt.getTime() - from.getTime();
  const mark = whole <= 0 ? 0 : (expiresAt.getTime() - dueFrom.getTime()) / whole;
  return (
    <svg class={`life life-${tone}`} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="life-left" width={percent(left)} height="4" />
      <rect class="life-mark" x={percent(mark)} width="0.8" height="4" />
    </svg>
  );
}

function percent(share: number): string {
  return (Math.min(1, Math.max(0, share)) * 100).toFixed(1);
}
