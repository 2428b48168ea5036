import { SealringError } from "../../errors.ts";
import type { Access } from "../../github-settings.ts";
import { isLoopbackHost } from "../../secure-url.ts";
import type { Console } from "../console.ts";
import { readDeclarations, soundPart } from "../declarations.ts";

/** The repository at GitHub that the checkout is pushed to. */
export interface AtGitHub extends Pick<Access, "webUrl"> {
  /** owner/name */
  readonly repository: string;
  /** undefined: GitHub did not say, or there is no such repository yet. */
  readonly defaultBranch: string | undefined;
  /** `counts`: in the sandbox the folder counts as pushed. */
  readonly push: "needed" | "counts";
}

/** undefined: nobody can say. Without a token for GitHub there is a page all the same. */
export async function atGitHub({ ports }: Console): Promise<AtGitHub | undefined> {
  try {
    const { project, repository } = soundPart(readDeclarations(ports));
    const { access, settings } = await ports.connect(project, repository);
    const { webUrl } = access;
    const defaultBranch = await settings.repository().then((facts) => facts.defaultBranch, unsaid);
    const push = isLoopbackHost(new URL(webUrl).hostname) ? "counts" : "needed";
    return { webUrl, repository, defaultBranch, push };
  } catch (error) {
    unsaid(error);
    return undefined;
  }
}

function unsaid(error: unknown): undefined {
  if (error instanceof SealringError) return undefined;
  throw error;
}
