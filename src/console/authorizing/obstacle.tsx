import type { Child } from "hono/jsx";
import { find } from "../../commands/observe.ts";
import { Notice } from "../../page/notice.tsx";
import { ErrorNotice } from "../error-notice.tsx";
import type { Console } from "../console.ts";
import type { Subject } from "./subject.ts";

/** What keeps a credential from being authorized; undefined: nothing that can be known before. */
export async function obstacleOf(
  { ports }: Console,
  { declared, credential }: Subject,
): Promise<Child | undefined> {
  const { environment } = credential;
  if (environment === null) return undefined;
  const found = await find(async () => {
    const github = await ports.connect(declared.project, declared.repository);
    return github.settings.environment(environment);
  });
  if (found.kind === "unknown") return <ErrorNotice error={{ message: found.reason, hint: found.hint }} />;
  if (found.value !== undefined) return undefined;
  return <NoEnvironment environment={environment} repository={declared.repository} />;
}

function NoEnvironment({
  environment,
  repository,
}: {
  readonly environment: string;
  readonly repository: string;
}) {
  return (
    <Notice tone="warning">
      <p>
        <strong>{`${repository} has no environment ${environment} yet,`}</strong> which is to hold the
        secrets. The plan makes it.
      </p>
      <p class="actions">
        <a class="button main" href="/plan">
          See the plan
        </a>
      </p>
    </Notice>
  );
}
