import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

await bundle(path("../src/main.ts"), path("../dist"));
