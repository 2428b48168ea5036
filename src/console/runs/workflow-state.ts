import type { ConsolePorts } from "../console.ts";
import type { Subject } from "./subject.ts";

/** Why the workflow cannot be started; undefined: it can, as far as GitHub tells. */
export async function workflowTrouble(
  ports: ConsolePorts,
  { declared, place }: Pick<Subject, "declared" | "place">,
): Promise<string | undefined> {
  const { runs } = await ports.connect(declared.project, declared.repository);
  const workflow = await runs.workflow(place.file);
  if (workflow === undefined)
    return `GitHub has no ${place.file} on the default branch yet. The plan makes the file; commit it and push it there.`;
  switch (workflow.state) {
    case "active":
      return undefined;
    case "disabled_inactivity":
      return `GitHub has disabled ${place.file}, because the repository was quiet for 60 days. The plan enables it again.`;
    case "disabled_manually":
      return `${place.file} was disabled on GitHub by hand. The plan enables it again.`;
    case "other":
      return `${place.file} is disabled on GitHub, where it can be enabled again, under Actions.`;
  }
}
