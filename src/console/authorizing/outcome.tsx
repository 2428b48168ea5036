import type { Credential } from "../../declaration/credential.ts";
import { isClientRefused } from "../../oauth/error-class.ts";
import type { GitState } from "../../ports.ts";
import { Instant } from "../../page/instant.tsx";
import { Notice } from "../../page/notice.tsx";
import type { AuthorizationWaits, Authorized } from "../../protocol/authorize.ts";
import { renewalText, VERIFICATIONS } from "../../report/authorize.ts";
import type { StepError } from "../../commands/step.ts";
import { Hint } from "../hint.tsx";
import type { End } from "../operation.ts";
import { Faults } from "../planning/faults.tsx";
import { Granted } from "./granted.tsx";
import { hintHere } from "./hints.ts";
import { Written } from "./written.tsx";

interface OutcomeProps {
  /** As it was declared when it began. */
  readonly credential: Credential;
  readonly end: End;
  /** How the checkout stands for the credential's file. */
  readonly git: GitState;
}

/** What an authorization came to, and what is next. */
export function Outcome({ credential, end, git }: OutcomeProps) {
  if (end.kind === "failed") return <Failed credential={credential} error={end.error} />;
  if (end.result.kind !== "authorize") return null;
  const { results, faults } = end.result.report;
  const [result] = results;
  if (result === undefined) return <Faults faults={faults} />;
  return result.outcome === "pending" ? (
    <Waits result={result} />
  ) : (
    <Done credential={credential} result={result} git={git} />
  );
}

interface FailedProps {
  readonly credential: Credential;
  readonly error: StepError;
}

function Failed({ credential, error }: FailedProps) {
  const { code, hint } = error;
  if (code === "interrupted")
    return (
      <Notice tone="idle">
        <p>
          <strong>It was called off.</strong> Nothing was sent or stored.
        </p>
      </Notice>
    );
  return (
    <Notice tone="bad">
      <FailedWords credential={credential} error={error} />
      {hint === undefined ? null : (
        <p>
          What to do: <Hint text={hintHere(hint)} />
        </p>
      )}
      {code === "client_misconfigured" ? (
        <p class="actions">
          <a class="button" href={`/credentials/${credential.name}/edit`}>
            {`Edit ${credential.name}`}
          </a>
        </p>
      ) : null}
    </Notice>
  );
}

function FailedWords({ credential: { client }, error }: FailedProps) {
  const { message } = error;
  if (!isClientRefused(error))
    return (
      <p>
        <strong>{message}</strong>
      </p>
    );
  return (
    <p>
      {client.secretName === undefined ? (
        <strong>The service does not accept this client id.</strong>
      ) : (
        <>
          <strong>The service does not accept this client id and secret.</strong> Paste the secret again.
        </>
      )}{" "}
      <span class="faint">{message}</span>
    </p>
  );
}

function Waits({ result: { credential, message, hint } }: { readonly result: AuthorizationWaits }) {
  return (
    <Notice tone="warning">
      <p>
        <strong>{message}</strong>
      </p>
      <p>
        What to do: <Hint text={hintHere(hint)} />
      </p>
      {hint.includes("sealring recover") ? (
        <p class="actions">
          <a class="button main" href={`/credentials/${credential}/recover`}>
            Recover
          </a>
        </p>
      ) : null}
    </Notice>
  );
}

interface DoneProps {
  readonly credential: Credential;
  readonly result: Authorized;
  readonly git: GitState;
}

function Done({ credential, result, git }: DoneProps) {
  const renewal = renewalText(result.renewal, "somebody authorizes again here");
  return (
    <>
      <Notice tone="good">
        <p>
          <strong>{`${result.credential} is authorized.`}</strong>{" "}
          {result.expiresAt === undefined ? null : (
            <>
              Its access token is good until <Instant at={result.expiresAt} />
              {result.renewal === "unattended"
                ? ". Once the steps below are done, the workflow renews it before."
                : "."}
            </>
          )}
        </p>
      </Notice>
      <div class="card">
        <p>{VERIFICATIONS[result.verification]}</p>
        {renewal === undefined ? null : <p>{renewal}</p>}
        <Granted credential={credential} result={result} />
        <Written publications={result.destinations} />
      </div>
      <Next name={credential.name} git={git} />
    </>
  );
}

function Next({ name, git }: { readonly name: string; readonly git: GitState }) {
  const isToCommit = git.kind === "checkout" && git.changed.length > 0;
  return (
    <section class="card" aria-labelledby="next">
      <h2 id="next">Next</h2>
      <p>
        {isToCommit
          ? "The credential's file is not committed yet. Runs read the default branch: commit it, and push."
          : "Runs read the default branch: where the credential's file is not pushed yet, push it."}{" "}
        The plan shows what GitHub still needs, such as the workflow.
      </p>
      <p class="actions">
        {isToCommit ? (
          <a class="button main" href={`/credentials/${name}/saved`}>
            Commit
          </a>
        ) : null}
        <a class={isToCommit ? "button" : "button main"} href="/plan">
          See the plan
        </a>
        <a class="button" href={`/credentials/${name}`}>
          {`Go to ${name}`}
        </a>
      </p>
    </section>
  );
}
