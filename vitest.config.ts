import { defineConfig } from "vitest/config";
import { CountsReporter } from "./test/support/counts-reporter.ts";

/** What starts no children and changes nothing of its process: its files share one, and load the modules once. */
const TOGETHER = [
  "adapters",
  "adding",
  "alerts",
  "commands",
  "console",
  "declaration",
  "difference",
  "doctor",
  "emulator",
  "envelope",
  "journal",
  "model",
  "oauth",
  "page",
  "protocol",
  "providers",
  "report",
  "sandbox",
  "stores",
  "workflow",
].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: "together", include: TOGETHER, isolate: false } },
      { extends: true, test: { name: "apart", include: ["test/**/*.test.ts"], exclude: TOGETHER } },
    ],
    setupFiles: ["test/support/environment.ts", "test/support/network.ts", "test/support/quick-yields.ts"],
    // Of "apart" each file has a process of its own: tests that start children or change the environment.
    pool: "forks",
    maxWorkers: 2,
    watch: false,
    // GitHub's own packages import JSON as Node does not take it.
    server: { deps: { inline: [/@actions\//] } },
    // Ends a test that hangs, and judges no speed: a busy machine takes long.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: ["default", new CountsReporter()],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/**/generated/**"],
      reporter: ["text-summary"],
    },
  },
});
