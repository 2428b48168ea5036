/** What is to be committed, as far as it is decided. */
export interface CommitRequest {
  readonly paths: readonly string[];
  readonly message: string;
  readonly where: "current" | "new";
  /** The name of a new branch. */
  readonly branch: string;
  /** The page to come back to. */
  readonly back: string;
}

/** Pages that offer a commit: an address from outside could lead anywhere. */
const BACK =
  /^\/(?:plan(?:\?committed=yes)?|plan\/apply\/[A-Za-z0-9_-]{1,32}|credentials\/[a-z0-9-]{1,64}\/saved|operations\/[A-Za-z0-9_-]{1,32})$/;

/** What a form says. */
export function readRequest(form: FormData): CommitRequest {
  const one = (name: string) => textOf(form.get(name));
  const back = one("back");
  return {
    paths: form.getAll("path").map(textOf),
    // As a browser sends it, with the line ends of a form.
    message: one("message").replaceAll("\r\n", "\n").trim(),
    where: one("where") === "new" ? "new" : "current",
    branch: one("branch").trim(),
    back: BACK.test(back) ? back : "/",
  };
}

function textOf(value: ReturnType<FormData["get"]>): string {
  return typeof value === "string" ? value : "";
}
