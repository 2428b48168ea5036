import { safeHref } from "../../page/href.ts";
import { Notice } from "../../page/notice.tsx";
import { findEntry } from "../../providers/catalogue.ts";
import { Doomed } from "./doomed.tsx";
import type { Subject } from "./subject.ts";

/** How a person ends a grant while no run can do it: the token lives all the same. */
export function RevokeByHand({ subject }: { readonly subject: Subject }) {
  const { provider } = subject.credential;
  const { webUrl, repository } = subject.status.site;
  const docs = safeHref(findEntry(provider.id)?.docs);
  const settings = safeHref(`${webUrl}/${repository}/settings/secrets/actions`);
  return (
    <section class="card" aria-labelledby="by-hand">
      <h2 id="by-hand">By hand, until then</h2>
      {subject.status.health === "revoked" ? null : (
        <Notice tone="warning">
          <p>
            {`The tokens live, and whoever has them may use them. End that in your account at ${provider.name}, among the applications that have access. `}
            {docs === undefined ? null : <a href={docs}>Its documentation</a>}
          </p>
        </Notice>
      )}
      <p>
        Then delete these secrets, which GitHub lists under <a href={settings}>the repository’s settings</a>,
        each where the table says:
      </p>
      <Doomed subject={subject} />
    </section>
  );
}
