import { fileURLToPath } from "node:url";
import { bundleAction } from "./bundle.mjs";

await bundleAction(fileURLToPath(new URL("../action", import.meta.url)));
