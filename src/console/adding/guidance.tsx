import type { Subject } from "../../adding/subject.ts";
import { showProvider } from "../../commands/providers.ts";
import { safeHref } from "../../page/href.ts";
import { Notice } from "../../page/notice.tsx";
import type { ProviderStatus } from "../../providers/catalogue.ts";
import type { Provider } from "../../providers/provider.ts";
import { redirectAdvice } from "../../providers/redirect.ts";
import { PASTED_WORDS, STATUS_WORDS, unreadWords } from "../../report/add.ts";
import { beforeYouStart } from "../../report/providers-start.ts";
import { tokenFacts } from "../../report/providers-tokens.ts";
import { Copyable } from "../copyable.tsx";
import { Hint } from "../hint.tsx";

interface GuidanceProps {
  readonly subject: Subject;
  readonly provider: Provider;
}

/** What a provider wants before the questions: where the client is registered, and what is entered there. */
export function Guidance({ subject, provider }: GuidanceProps) {
  const { entry, found } = subject;
  const status = entry === undefined ? "" : `${STATUS_WORDS[entry.status]}${ONLY_OLD[entry.status] ?? ""}`;
  return (
    <>
      <p>
        <a href="/add" data-within>
          Another provider
        </a>
      </p>
      {status === "" ? null : <Notice tone="warning">{status}</Notice>}
      <section class="card guidance" aria-labelledby="before">
        <h2 id="before">{`First, at ${provider.name}`}</h2>
        {found?.kind === "unread" ? <Notice tone="warning">{unreadWords(found)}</Notice> : null}
        <Registration subject={subject} provider={provider} />
        {entry === undefined || entry.traps.length === 0 ? null : (
          <>
            <h3>What people stumble over</h3>
            <ul>
              {entry.traps.map((trap) => (
                <li>
                  <Hint text={trap} />
                </li>
              ))}
            </ul>
          </>
        )}
        {entry === undefined ? null : <Known id={entry.id} />}
      </section>
    </>
  );
}

const ONLY_OLD: Readonly<Partial<Record<ProviderStatus, string>>> = {
  closed_to_new_apps: " Go on only with a client that you have there already.",
  retired: " There is little use in adding it.",
};

function Registration({ subject: { entry }, provider }: GuidanceProps) {
  const { url, note } = provider.registration;
  const href = safeHref(url);
  const docs = safeHref(entry?.docs);
  const comesBack = provider.grants?.includes("authorization_code") !== false;
  return (
    <ol class="steps">
      <li>
        {href === undefined
          ? `Register a client: under “Developers” or “Applications” of its own pages, or with whoever runs ${provider.name}.`
          : "Register a client at "}
        {href === undefined ? null : <Elsewhere href={href} />}
        {note === undefined ? null : <p class="help">{note}</p>}
        {docs === undefined ? null : (
          <p class="help">
            {"Its documentation: "}
            <Elsewhere href={docs} />
          </p>
        )}
      </li>
      {comesBack ? <EnterRedirect enter={redirectAdvice(provider).enter} /> : null}
      <li>Come back with the client id and the client secret that you get there.</li>
    </ol>
  );
}

function EnterRedirect({ enter }: { readonly enter: string }) {
  return (
    <li>
      {"Where it asks for a redirect URI (or callback URL), enter exactly this:"}
      <Copyable text={enter} what="the redirect URI" />
      {enter.startsWith("https:") ? <p class="help">{PASTED_WORDS}</p> : null}
    </li>
  );
}

/** An address as a link that says where it leads. */
function Elsewhere({ href }: { readonly href: string }) {
  return (
    <a href={href} rel="noreferrer" target="_blank">
      {href.replace(/^https?:\/\//, "").replace(/\/$/, "")}
      <span class="for-readers"> (a new tab)</span>
    </a>
  );
}

function Known({ id }: { readonly id: string }) {
  const shown = showProvider(id);
  return (
    <details>
      <summary>What is known of this provider</summary>
      <dl class="facts">
        {[...beforeYouStart(shown), ...tokenFacts(shown)].map(([label, ...paragraphs]) => (
          <>
            <dt>{label}</dt>
            <dd>
              {paragraphs.map((paragraph) => (
                <p>{paragraph}</p>
              ))}
            </dd>
          </>
        ))}
      </dl>
    </details>
  );
}
