export interface Dispatch {
  /** The file with the job of the credential. */
  readonly workflowFile: string;
  readonly credential: string;
  /** As the workflow's `command` has it; left out: refresh what is due. */
  readonly command?: "refresh --probe";
}

/** The command by which a person starts the workflow for one credential: only a job can read its tokens. */
export function dispatchCommand({ workflowFile, credential, command }: Dispatch): string {
  const which = command === undefined ? "" : ` -f command="${command}"`;
  return `gh workflow run ${workflowFile}${which} -f credential=${credential}`;
}
