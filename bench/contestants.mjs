import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const node = process.execPath;

/** What every Node program costs before it does anything. */
export const nothing = { name: "node -e 0", argv: [node, "-e", "0"] };

/** The shipped command line, with its arguments, in a folder. */
export function sealring(args, cwd = root) {
  return { name: `sealring ${args.join(" ")}`, argv: [node, join(root, "dist/main.js"), ...args], cwd };
}

/** ajv-cli on the same schema and the same files. */
export function ajv(cwd) {
  const schema = (name) => join(root, `schemas/${name}.schema.json`);
  const program = join(root, "node_modules/ajv-cli/dist/index.js");
  const files = ["-s", schema("credential"), "-r", schema("provider"), "-d", "credentials/*.yaml"];
  return {
    name: "ajv validate --spec=draft2020 -s credential.schema.json -r provider.schema.json -d 'credentials/*.yaml'",
    argv: [node, program, "validate", "--spec=draft2020", ...files],
    cwd,
  };
}
