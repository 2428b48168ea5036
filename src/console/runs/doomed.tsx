import { doomedSecrets } from "./revoke.ts";
import type { Subject } from "./subject.ts";

/** Every secret that a revocation removes, and where. */
export function Doomed({ subject }: { readonly subject: Subject }) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Secrets that are removed">
      <table>
        <thead>
          <tr>
            <th scope="col">Secret</th>
            <th scope="col">Where</th>
          </tr>
        </thead>
        <tbody>
          {doomedSecrets(subject).map(({ secretName, store }) => (
            <tr>
              <td>
                <code>{secretName}</code>
              </td>
              <td>{store}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
