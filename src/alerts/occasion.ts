import type { Credential, Project } from "../declaration/credential.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { CredentialResult } from "../protocol/result.ts";

/** What a run came to for one credential, and what is known beside it. */
export interface Occasion {
  readonly credential: Credential;
  readonly result: CredentialResult;
  /** undefined: the journal has none, or could not be read. */
  readonly entry: JournalEntry | undefined;
  readonly runUrl: string | undefined;
  readonly now: Date;
  /** owner/name of the repository that declares it. */
  readonly repository: string;
  /** With the job that refreshes it. */
  readonly workflowFile: string;
  readonly project: Pick<Project, "schedule" | "recoveryRecipient">;
}
