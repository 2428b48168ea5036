import { Badge } from "../../page/badge.tsx";
import { Notice } from "../../page/notice.tsx";
import { STATES } from "../../page/state.ts";
import { tileOf } from "../../page/tile.ts";
import { TokenLifeText } from "../../page/token-life.tsx";
import { DOING } from "../act-words.ts";
import type { Console } from "../console.ts";
import type { Operation } from "../operation.ts";
import { FormToken } from "../page.tsx";
import { ACTION_WORDS } from "./action.ts";
import type { Asked } from "./ask.ts";
import { RevokeByHand } from "./by-hand.tsx";
import type { Confirmation } from "./confirmation.ts";
import { NextActions } from "./next-actions.tsx";
import { Doomed } from "./doomed.tsx";
import type { Subject } from "./subject.ts";
import { TypeTheName } from "./type-the-name.tsx";
import { generationOf } from "./verdict.ts";

interface AskedProps {
  readonly console: Console;
  readonly asked: Asked;
}

/** Says what will happen, and asks. */
export function ConfirmPage({ console, asked }: AskedProps) {
  const { subject, busy } = asked;
  const { name } = subject.credential;
  return (
    <>
      <Facts subject={subject} />
      {busy === undefined ? <Ask console={console} asked={asked} /> : <Busy operation={busy} />}
      <p>
        <a href={`/credentials/${name}`}>{`Back to ${name}`}</a>
      </p>
    </>
  );
}

function Facts({ subject: { credential, status, now } }: { readonly subject: Subject }) {
  const tile = tileOf(credential, status, now);
  const { word, tone } = STATES[tile.state];
  return (
    <dl class="facts card">
      <dt>Provider</dt>
      <dd>{tile.provider}</dd>
      <dt>State</dt>
      <dd>
        <Badge tone={tone}>{word}</Badge>
      </dd>
      <dt>Access token</dt>
      <dd>
        <TokenLifeText tile={tile} now={now} />
      </dd>
      <dt>Generation</dt>
      <dd>{tile.generation}</dd>
    </dl>
  );
}

/** What goes on already, in place of what was asked for. */
export function Busy({ operation }: { readonly operation: Operation }) {
  return (
    <Notice tone="busy">
      <p>{`${DOING[operation.kind]} One thing at a time: nothing else is begun until that has ended.`}</p>
      <p class="actions">
        <a class="button main" href={`/operations/${operation.id}`}>
          Watch it
        </a>
      </p>
    </Notice>
  );
}

function Ask({ console, asked }: AskedProps) {
  const { subject, confirmation, trouble } = asked;
  if (confirmation.kind === "declined") {
    return (
      <Notice tone="idle">
        <p>{confirmation.why}</p>
        <NextActions
          name={subject.credential.name}
          generation={generationOf(subject.status)}
          next={confirmation.next}
        />
      </Notice>
    );
  }
  if (trouble !== undefined)
    return (
      <>
        <NoWorkflow trouble={trouble} />
        {asked.action === "revoke" ? <RevokeByHand subject={subject} /> : null}
      </>
    );
  return <Offer console={console} asked={asked} confirmation={confirmation} />;
}

function NoWorkflow({ trouble }: { readonly trouble: string }) {
  return (
    <Notice tone="warning">
      <p>{trouble}</p>
      <p class="actions">
        <a class="button" href="/plan">
          Look at the plan
        </a>
      </p>
    </Notice>
  );
}

interface OfferProps extends AskedProps {
  readonly confirmation: Extract<Confirmation, { readonly kind: "offered" }>;
}

function Offer({ console, asked, confirmation: { steps, notes } }: OfferProps) {
  const { subject, action, mistyped } = asked;
  const { name } = subject.credential;
  return (
    <section class="card" aria-labelledby="what">
      <h2 id="what">What will happen</h2>
      <ol class="will-happen">
        {steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      {action === "revoke" ? <Doomed subject={subject} /> : null}
      {notes.map(({ tone, text }) => (
        <Notice tone={tone}>
          <p>{text}</p>
        </Notice>
      ))}
      <form method="post" action={`/credentials/${name}/${action}`}>
        <FormToken console={console} />
        {action === "revoke" ? <TypeTheName name={name} mistyped={mistyped} /> : null}
        <p class="actions">
          <button class={action === "revoke" ? "danger" : "main"}>{ACTION_WORDS[action].button}</button>
        </p>
      </form>
    </section>
  );
}
