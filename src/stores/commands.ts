import type { StorePlace, StoreTarget } from "../github.ts";
import type { Access } from "../github-settings.ts";

/** Where GitHub is. */
type Web = Pick<Access, "webUrl">;

const PUBLIC_HOST = "github.com";

/** How `gh` is told of a repository: `--repo acme/credentials`, with the host where it is not github.com. */
export function repoOption({ webUrl }: Web, repository: string): string {
  const { host } = new URL(webUrl);
  return `--repo ${host === PUBLIC_HOST ? "" : `${host}/`}${repository}`;
}

/** How a person sets a secret by hand; `gh` asks for its value. */
export function setCommand(web: Web, target: StoreTarget, secretName: string): string {
  return secretCommand(web, target, `set ${secretName}`);
}

/** How a person removes one. */
export function deleteCommand(web: Web, target: StorePlace, secretName: string): string {
  return secretCommand(web, target, `delete ${secretName}`);
}

function secretCommand(web: Web, target: StorePlace, words: string): string {
  switch (target.kind) {
    case "environment":
      return `gh secret ${words} --env ${quoted(target.environment)} ${repoOption(web, target.repository)}`;
    case "repository": {
      const app = target.app === "actions" ? "" : `--app ${target.app} `;
      return `gh secret ${words} ${app}${repoOption(web, target.repository)}`;
    }
    case "organization": {
      // The option takes no host.
      const { host } = new URL(web.webUrl);
      const at = host === PUBLIC_HOST ? "" : `GH_HOST=${host} `;
      return `${at}gh secret ${words} --app ${target.app} --org ${target.organization}`;
    }
  }
}

/** Of an environment's name neither quote nor backslash can be a part. */
function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name}'`;
}
