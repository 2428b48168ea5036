import { declare } from "../../commands/context.ts";
import { SealringError } from "../../errors.ts";
import { safeHref } from "../../page/href.ts";
import type { Console } from "../console.ts";

/** Where GitHub opens a pull request of a branch; undefined: nobody can say. */
export async function compareAddress(
  { ports }: Console,
  branch: string | undefined,
): Promise<string | undefined> {
  if (branch === undefined) return undefined;
  try {
    const declaring = declare(ports);
    if (declaring.kind === "faulty") return undefined;
    const { project, repository } = declaring.declared;
    const { webUrl } = (await ports.connect(project, repository)).access;
    const name = branch.split("/").map(encodeURIComponent).join("/");
    return safeHref(`${webUrl}/${repository}/compare/${name}?expand=1`);
  } catch (error) {
    // Without a token for GitHub there is a page all the same.
    if (error instanceof SealringError) return undefined;
    throw error;
  }
}
