import { decodeEntry } from "../journal/codec.ts";
import { entryPath } from "../journal/entry.ts";
import type { Check } from "./finding.ts";
import type { Subject } from "./subject.ts";

/** Whether anybody has authorized a credential yet, by the journal. */
export function authorizedCheck({ github }: Subject, name: string): Check {
  const about = "authorization";
  return {
    about,
    run: async () => {
      const { files } = await github.journal.head();
      const blob = files.get(entryPath(name));
      if (blob !== undefined && decodeEntry(name, await github.journal.read(blob)).generation > 0) return [];
      const found = `${name} was never authorized`;
      return [{ kind: "warning", about, found, fix: `run: sealring authorize ${name}` }];
    },
  };
}

/** Whether the journal can be read. */
export function journalCheck({ github, project, repository }: Subject): Check {
  const about = "journal";
  return {
    about,
    run: async () => {
      const { commit, files } = await github.journal.head();
      const count = [...files.keys()].filter((path) => path.startsWith("credentials/")).length;
      const branch = `branch ${project.stateBranch} of ${repository}`;
      const found =
        commit === undefined
          ? `there is no ${branch} yet; the first authorization makes it`
          : `${branch}: readable, with ${String(count)} credential${count === 1 ? "" : "s"}`;
      return [{ kind: "ok", about, found }];
    },
  };
}
