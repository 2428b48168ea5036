import { declare } from "../../commands/context.ts";
import type { Declared } from "../../commands/context.ts";
import { statusOf } from "../../commands/status.ts";
import type { StatusResult } from "../../commands/status.ts";
import type { Credential } from "../../declaration/credential.ts";
import { SealringError } from "../../errors.ts";
import { jobPlaces, placeIn } from "../../workflow/generate.ts";
import type { JobPlace } from "../../workflow/generate.ts";
import type { ConsolePorts } from "../console.ts";

/** A credential that a page is about, and what is known of it. */
export interface Subject {
  readonly declared: Declared;
  readonly credential: Credential;
  /** Of the job that has its tokens. */
  readonly place: JobPlace;
  readonly status: StatusResult;
  readonly now: Date;
}

/**
 * A declared credential as it is now; undefined: no file declares it.
 * @throws SealringError `faulty_declaration`, and as `connect` and `Journal` do.
 */
export async function subjectOf(ports: ConsolePorts, name: string): Promise<Subject | undefined> {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") {
    if (declaring.faults.every(({ rule }) => rule === "no-declarations")) return undefined;
    throw faultyFiles(new Set(declaring.faults.map(({ file }) => file)));
  }
  const { declared } = declaring;
  const credential = declared.credentials.find((each) => each.name === name);
  if (credential === undefined) return undefined;
  const [status] = await statusOf(ports, declared, [credential]);
  if (status === undefined) return undefined;
  const place = placeIn(jobPlaces(declared), credential.environment);
  return { declared, credential, place, status, now: ports.clock.now() };
}

function faultyFiles(files: ReadonlySet<string>): SealringError {
  return new SealringError("faulty_declaration", `there are faults in ${[...files].join(", ")}`, {
    hint: "mend them first: nothing is done while a declaration is faulty. They are listed by: sealring plan",
  });
}
