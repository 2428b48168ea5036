/** Where the console does what a command line does; undefined: nowhere, so that it is for a terminal. */
export function placeOf(command: string): string | undefined {
  const [program, verb, ...rest] = command.trim().split(/\s+/);
  if (program !== "sealring") return undefined;
  const [first] = rest;
  switch (verb) {
    case "plan":
      return first === "--prune" ? "/plan?orphans=prune" : "/plan";
    case "apply":
      return "/plan";
    case "doctor":
      return placeOfCredential(first, "/doctor") ?? "/doctor";
    case "add":
      return "/add";
    case "authorize":
    case "revoke":
      return placeOfCredential(first, "/credentials", verb);
    case "refresh":
      return placeOfCredential(first, "/credentials", rest.includes("--probe") ? "probe" : "refresh");
    case "status":
      return placeOfCredential(first, "/credentials") ?? "/";
    default:
      return undefined;
  }
}

function placeOfCredential(name: string | undefined, ...[start, end]: readonly string[]): string | undefined {
  if (name === undefined || !/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) return undefined;
  return [start, name, ...(end === undefined ? [] : [end])].join("/");
}
