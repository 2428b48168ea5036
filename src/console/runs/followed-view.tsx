import { Badge } from "../../page/badge.tsx";
import { safeHref } from "../../page/href.ts";
import { Notice } from "../../page/notice.tsx";
import { STATES } from "../../page/state.ts";
import { minuteUtc } from "../../report/instants.ts";
import type { Followed } from "./followed.ts";
import { NextActions } from "./next-actions.tsx";
import { generationOf, verdictOn } from "./verdict.ts";

/** What a run came to: for the credential, and at GitHub. */
export function FollowedView({ followed }: { readonly followed: Followed }) {
  const { before, after, conclusion, url } = followed;
  const { tone, text, next } = verdictOn(followed);
  const href = safeHref(url);
  const { word, tone: stateTone } = STATES[after.health];
  return (
    <>
      <Notice tone={tone}>
        <p>
          <strong>{text}</strong>
        </p>
        {conclusion === undefined || conclusion === "success" || href === undefined ? null : (
          <p>
            The log of <a href={href}>the run</a> says why.
          </p>
        )}
        <NextActions name={after.credential} generation={generationOf(after)} next={next} />
      </Notice>
      <dl class="facts">
        <dt>State</dt>
        <dd>
          <Badge tone={stateTone}>{word}</Badge>
        </dd>
        <dt>Generation</dt>
        <dd>{generations(generationOf(before), generationOf(after))}</dd>
        <dt>Access token ends</dt>
        <dd>
          {after.entry?.expiresAt === undefined ? "not known" : `${minuteUtc(after.entry.expiresAt)} UTC`}
        </dd>
      </dl>
    </>
  );
}

function generations(before: number, after: number): string {
  return before === after ? `${String(after)}, as before` : `${String(before)} → ${String(after)}`;
}
