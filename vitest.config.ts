import { defineConfig } from "vitest/config";
import { CountsReporter } from "./test/support/counts-reporter.ts";

/** What changes its process, or has it to itself: each of these files has one of its own. */
const APART = ["house", "matrix", "runner"].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    // All others share a process for each worker, and load the modules once.
    projects: [
      { extends: true, test: { name: "apart", include: APART } },
      {
        extends: true,
        test: { name: "together", include: ["test/**/*.test.ts"], exclude: APART, isolate: false },
      },
    ],
    setupFiles: ["test/support/environment.ts", "test/support/network.ts", "test/support/quick-yields.ts"],
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
