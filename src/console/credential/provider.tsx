import type { JournalEntry } from "../../journal/entry.ts";
import type { Provider } from "../../providers/provider.ts";
import { findEntry } from "../../providers/catalogue.ts";
import { tokenFacts } from "../../report/providers-tokens.ts";
import { Fact } from "../../page/fact.tsx";
import { sentence } from "../../page/sentence.ts";

interface ProviderProps {
  readonly provider: Provider;
  /** undefined: nothing is known of a token of it. */
  readonly last: JournalEntry | undefined;
}

/** What its provider does with tokens, and so what a year with it asks of people. */
export function ProviderSection({ provider, last }: ProviderProps) {
  const entry = findEntry(provider.id) ?? { none: [], traps: [] };
  return (
    <section class="card" aria-labelledby="provider">
      <h2 id="provider">{`What to expect of ${provider.name}`}</h2>
      <dl class="facts">
        {tokenFacts({ entry, provider, lastSeconds: lifetimeOf(last) }).map(([label, ...paragraphs]) => (
          <Fact label={sentence(label)}>
            {paragraphs.map((text) => (
              <p>{text}</p>
            ))}
          </Fact>
        ))}
      </dl>
      {entry.traps.length === 0 ? null : (
        <>
          <h3>Known traps</h3>
          <ul>
            {entry.traps.map((trap) => (
              <li>{trap}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** To five minutes: between the answer and its commit some seconds pass. */
function lifetimeOf(last: JournalEntry | undefined): number | undefined {
  if (last?.expiresAt === undefined || last.committedAt === undefined) return undefined;
  const seconds = (last.expiresAt.getTime() - last.committedAt.getTime()) / 1_000;
  return seconds < STEP_SECONDS ? seconds : Math.round(seconds / STEP_SECONDS) * STEP_SECONDS;
}

const STEP_SECONDS = 300;
