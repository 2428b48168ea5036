import { visible } from "../../declaration/visible.ts";
import type { Finding } from "../../doctor/finding.ts";
import { Badge } from "../../page/badge.tsx";
import { Notice } from "../../page/notice.tsx";
import type { Tone } from "../../page/tone.ts";
import { Hint } from "../hint.tsx";

type Kind = Finding["kind"];

/** As people say it, the gravest first. */
const WORDS: Readonly<Record<Kind, readonly [tone: Tone, word: string]>> = {
  failure: ["bad", "in the way"],
  unreachable: ["warning", "no answer"],
  warning: ["warning", "look at this"],
  skipped: ["idle", "left out"],
  ok: ["good", "all right"],
};

/** Sets a secret that the plan asks for where it is not there; a key is in a file. */
const PLANNED = /\bgh secret set (?!.* < )/;

const ORDER = Object.keys(WORDS);

/** What was found: what needs somebody is open, the rest folded. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const sorted = findings.toSorted((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
  const amiss = sorted.filter(({ kind }) => kind !== "ok" && kind !== "skipped");
  const well = sorted.filter((finding) => !amiss.includes(finding));
  return (
    <>
      <Summary amiss={amiss} />
      {amiss.length === 0 ? null : (
        <div class="card">
          <FindingList findings={amiss} />
        </div>
      )}
      <details class="card" open={amiss.length === 0}>
        <summary>{`${String(well.length)} with nothing to do`}</summary>
        <FindingList findings={well} />
      </details>
    </>
  );
}

function Summary({ amiss }: { readonly amiss: readonly Finding[] }) {
  if (amiss.length === 0)
    return (
      <Notice tone="good">
        <p>
          <strong>Nothing is in the way.</strong>
        </p>
      </Notice>
    );
  const blocking = amiss.filter(({ kind }) => kind !== "warning").length;
  return (
    <p>
      <strong>
        {blocking === 0
          ? "Look at this:"
          : `${blocking === 1 ? "One thing keeps" : `${String(blocking)} things keep`} credentials from being refreshed:`}
      </strong>
    </p>
  );
}

function FindingList({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <ul class="notes">
      {findings.map((finding) => (
        <li>
          <OneFinding finding={finding} />
        </li>
      ))}
    </ul>
  );
}

function OneFinding({ finding }: { readonly finding: Finding }) {
  const [tone, word] = WORDS[finding.kind];
  return (
    <>
      <p>
        <Badge tone={tone}>{word}</Badge> <strong>{finding.about}</strong>: {visible(finding.found)}
      </p>
      {"fix" in finding ? (
        <p class="way">
          <Hint text={finding.fix} />
          {PLANNED.test(finding.fix) && finding.about === "environment" ? (
            <>
              . Or <a href="/plan">type it into the plan</a>, which seals it
            </>
          ) : null}
        </p>
      ) : null}
    </>
  );
}
