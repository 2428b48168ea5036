import type { Provider } from "../../providers/provider.ts";
import { findEntry } from "../../providers/catalogue.ts";
import { tokenFacts } from "../../report/providers-tokens.ts";
import { Fact } from "../../page/fact.tsx";
import { sentence } from "../../page/sentence.ts";

/** What its provider does with tokens, and so what a year with it asks of people. */
export function ProviderSection({ provider }: { readonly provider: Provider }) {
  const entry = findEntry(provider.id) ?? { none: [], traps: [] };
  return (
    <section class="card" aria-labelledby="provider">
      <h2 id="provider">{`What to expect of ${provider.name}`}</h2>
      <dl class="facts">
        {tokenFacts({ entry, provider }).map(([label, ...paragraphs]) => (
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
