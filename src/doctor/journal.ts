import type { Check } from "./finding.ts";
import type { Subject } from "./subject.ts";

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
