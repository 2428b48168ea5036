import type { Planned } from "../../commands/plan.ts";
import type { Lacking } from "../../difference/lacking.ts";
import { safeHref } from "../../page/href.ts";
import { setCommand } from "../../stores/commands.ts";
import { describeTarget } from "../../stores/targets.ts";
import type { Console } from "../console.ts";
import { FormToken } from "../page.tsx";
import { Folded } from "./diff.tsx";

/** The field of a secret's value, by the secret's name. */
export function fieldOf(secretName: string): string {
  return `secret:${secretName}`;
}

interface SecretsProps {
  readonly console: Console;
  readonly id: string;
  readonly planned: Planned;
  readonly lacking: readonly Lacking[];
}

/** Asks for what only a person has. What is typed stays in this process until it is sealed, and is never shown again. */
export function Secrets({ console, id, planned, lacking }: SecretsProps) {
  if (lacking.length === 0) return null;
  return (
    <section class="card" aria-labelledby="secrets">
      <h2 id="secrets">Secrets that only you have</h2>
      <p>
        What you type is kept in memory until it is applied, sealed for GitHub, and shown to nobody. Leave
        empty what you do not have now.
      </p>
      <form method="post" action="/plan/secrets" class="secrets">
        <FormToken console={console} />
        <input type="hidden" name="plan" value={id} />
        {lacking.map((each) => (
          <Field lacking={each} planned={planned} />
        ))}
        <p class="actions">
          <button>Take them into the plan</button>
        </p>
      </form>
    </section>
  );
}

function Field({ lacking, planned }: { readonly lacking: Lacking; readonly planned: Planned }) {
  const { secretName, targets, purpose, credentials } = lacking;
  const id = `secret-${secretName}`;
  return (
    <div class="secret">
      <label for={id}>
        {purpose === "token" ? "The workflow's GitHub token" : `Client secret of ${credentials.join(", ")}`}
      </label>
      <div id={`${id}-about`}>
        {purpose === "token" ? <AboutToken planned={planned} /> : <AboutClient lacking={lacking} />}
        <p class="faint">
          It becomes <code>{secretName}</code> in {targets.map(describeTarget).join(", ")}.
        </p>
      </div>
      <input
        type="password"
        id={id}
        name={fieldOf(secretName)}
        autocomplete="off"
        aria-describedby={`${id}-about`}
      />
      <Folded words="In a terminal instead">
        {targets.map((target) => (
          <p>
            <code>{setCommand(planned.facts, target, secretName)}</code>
          </p>
        ))}
      </Folded>
    </div>
  );
}

function AboutToken({ planned: { wanted, facts } }: { readonly planned: Planned }) {
  const href = safeHref(newTokenAddress(facts.webUrl, wanted.repository));
  return (
    <p>
      {"To refresh, the workflow writes secrets, and for that GitHub wants a token of yours. "}
      {href === undefined ? null : <a href={href}>Make a fine-grained token</a>}
      {" for "}
      <strong>{wanted.repository}</strong> alone, with the permissions <strong>Environments</strong> and{" "}
      <strong>Secrets</strong>, read and write, and paste it here.
    </p>
  );
}

/** GitHub fills in name, owner and permissions; an older GitHub Enterprise Server leaves that to the person. */
function newTokenAddress(webUrl: string, repository: string): string {
  const [owner = ""] = repository.split("/");
  const fields = { name: `sealring ${repository}`.slice(0, 40), target_name: owner };
  const query = new URLSearchParams({ ...fields, environments: "write", secrets: "write" });
  return `${webUrl}/settings/personal-access-tokens/new?${query.toString()}`;
}

function AboutClient({ lacking: { credentials } }: { readonly lacking: Lacking }) {
  return (
    <p>
      {`The provider gave it for the client of ${credentials.join(", ")}. Whoever authorizes is asked for it, too.`}
    </p>
  );
}
