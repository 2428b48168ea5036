import type { Reporter, TestModule } from "vitest/node";

/**
 * Closes a run with one plain line, `12 passed, 0 failed` (and `, 1 skipped` when some are), after everything else
 * that is printed. A file that could not be run, and an error outside any test, count as one failure each.
 */
export class CountsReporter implements Reporter {
  #line = "0 passed, 0 failed";

  onInit(): void {
    // Coverage is reported after the last event that a reporter sees.
    process.once("exit", () => console.log(this.#line));
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state);
      for (const state of states) count[state === "pending" ? "failed" : state] += 1;
      if (module.state() === "failed" && !states.includes("failed")) count.failed += 1;
    }
    const skipped = count.skipped === 0 ? "" : `, ${String(count.skipped)} skipped`;
    this.#line = `${String(count.passed)} passed, ${String(count.failed)} failed${skipped}`;
  }
}
