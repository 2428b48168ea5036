import type { StatusResult } from "../../commands/status.ts";
import { Badge } from "../../page/badge.tsx";
import { Fact } from "../../page/fact.tsx";
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
        {after === undefined ? null : (
          <NextActions name={after.credential} generation={generationOf(after)} next={next} />
        )}
      </Notice>
      {after === undefined ? null : <Facts before={before} after={after} />}
    </>
  );
}

function Facts({ before, after }: { readonly before: StatusResult; readonly after: StatusResult }) {
  const { word, tone } = STATES[after.health];
  const { expiresAt } = after.entry ?? {};
  const isRevoked = after.health === "revoked";
  return (
    <dl class="facts">
      <Fact label="State">
        <Badge tone={tone}>{word}</Badge>
      </Fact>
      {isRevoked ? (
        <Fact label="Access token">none: it was revoked</Fact>
      ) : (
        <>
          <Fact label="Generation">{generations(generationOf(before), generationOf(after))}</Fact>
          <Fact label="Access token ends">
            {expiresAt === undefined ? "not known" : `${minuteUtc(expiresAt)} UTC`}
          </Fact>
        </>
      )}
    </dl>
  );
}

function generations(before: number, after: number): string {
  return before === after ? `${String(after)}, as before` : `${String(before)} → ${String(after)}`;
}
