/** What the action is asked for. */
export type ActionCall =
  /** To put `sealring` on the PATH of the job's later steps. */
  | { readonly kind: "install" }
  /** To run a command line. */
  | { readonly kind: "run"; readonly args: readonly string[] };

/** An input of `action.yml`, as GitHub's runner gives it; "" where it is not set. */
export type Input = (name: "command" | "credential" | "directory") => string;

/**
 * Reads the action's inputs. Words are parted at spaces and no shell sees them; what is in `credential` is a name, never
 * an option.
 */
export function readInputs(input: Input): ActionCall {
  const [command, ...options] = wordsOf(input("command"));
  if (command === undefined) return { kind: "install" };
  const directory = input("directory");
  const place = directory === "" ? [] : ["-C", directory];
  // A pipeline that asks for the status asks whether it can go on.
  const check = command === "status" ? ["--check"] : [];
  return {
    kind: "run",
    args: [command, ...check, ...options, ...place, "--", ...wordsOf(input("credential"))],
  };
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}
