import { defineConfig } from "vitest/config";
import { CountsReporter } from "./test/support/counts-reporter.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/environment.ts", "test/support/network.ts", "test/support/quick-yields.ts"],
    // A process of its own for each file: tests that start children or change the environment stay apart.
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
