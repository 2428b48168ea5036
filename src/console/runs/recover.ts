import { declined, startsJob } from "./confirmation.ts";
import type { Confirmation } from "./confirmation.ts";
import type { Leftovers } from "./leftovers.ts";
import { busyNotes } from "./refresh.ts";
import type { Subject } from "./subject.ts";
import { enumerated } from "./words.ts";

/** What settling its leftovers comes to. Pure. */
export function recoverConfirmation(subject: Subject, left: Leftovers): Confirmation {
  switch (left.kind) {
    case "nothing":
      return declined("Nothing waits: all that earlier runs began is settled.");
    case "elsewhere":
      return declined(
        "Its new tokens wait, sealed, on the machine where somebody authorized it. They can be recovered in a console there. Or authorize it again, here.",
        ["authorize"],
      );
    case "here":
      return {
        kind: "offered",
        where: "here",
        steps: [
          "This machine has its new tokens, in a box that only GitHub can open: they were obtained here, and could not be stored then.",
          "The console stores the box on GitHub, now. Nothing is asked of the provider.",
          "The next run of the workflow writes its outputs.",
        ],
        notes: [],
      };
    case "unfinished":
    case "outputs":
    case "kept":
      return { kind: "offered", where: "workflow", ...inWorkflow(subject, left) };
  }
}

type ByJob = Extract<Leftovers, { readonly kind: "unfinished" | "outputs" | "kept" }>;

function inWorkflow(
  subject: Subject,
  left: ByJob,
): Pick<Confirmation & { kind: "offered" }, "steps" | "notes"> {
  const spendsNothing = `Nothing is asked of ${subject.credential.provider.name}, and no token is spent.`;
  return {
    steps: [startsJob(subject.place.file), settles(left), spendsNothing, ...others(subject)],
    notes: busyNotes(subject),
  };
}

function settles(left: ByJob): string {
  switch (left.kind) {
    case "unfinished":
      return left.box === "in_journal"
        ? "It stores the sealed box that an earlier run left in the journal."
        : "It looks for the sealed box in what the run that did not end has uploaded, and stores it.";
    case "outputs":
      return `It writes what a destination has not taken yet: ${enumerated(left.waiting)}.`;
    case "kept":
      return "Nothing is known to wait. It checks that GitHub still has the last tokens, and puts the kept box back if not.";
  }
}

function others({ declared, credential }: Subject): readonly string[] {
  const { environment, name } = credential;
  const beside = declared.credentials.filter(
    (each) => each.environment === environment && each.name !== name,
  );
  if (beside.length === 0) return [];
  const where = environment === null ? "the repository's secrets" : `the environment ${environment}`;
  return [
    `It does the same for the other credentials in ${where}: ${enumerated(beside.map((each) => each.name))}.`,
  ];
}
