import { SealringError } from "../../errors.ts";
import { safeHref } from "../../page/href.ts";
import type { Console } from "../console.ts";
import { readDeclarations, soundPart } from "../declarations.ts";

/** Where GitHub opens a pull request of a branch; undefined: nobody can say. */
export async function compareAddress({ ports }: Console, branch: string): Promise<string | undefined> {
  try {
    const { project, repository } = soundPart(readDeclarations(ports));
    const { webUrl } = (await ports.connect(project, repository)).access;
    const name = branch.split("/").map(encodeURIComponent).join("/");
    return safeHref(`${webUrl}/${repository}/compare/${name}?expand=1`);
  } catch (error) {
    // Without a token for GitHub there is a page all the same.
    if (error instanceof SealringError) return undefined;
    throw error;
  }
}
