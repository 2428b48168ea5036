import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { createGitWork } from "../../src/adapters/git-work.ts";
import { git, GIT_PERSON } from "./git.ts";

export const OURA = "credentials/oura.yaml";

/** A directory with git in it, and what the console does there. Lives as long as the test. */
export class Checkout {
  readonly directory = mkdtempSync(join(tmpdir(), "sealring-git-"));
  readonly work = createGitWork(this.directory, GIT_PERSON);

  constructor() {
    onTestFinished(() => rmSync(this.directory, { recursive: true }));
  }

  /** A new repository, and nothing in it. */
  static empty(): Checkout {
    const checkout = new Checkout();
    checkout.git("init", "--quiet", "--initial-branch=main");
    return checkout;
  }

  /** With a commit. */
  static begun(): Checkout {
    const checkout = Checkout.empty();
    checkout.write("README.md", "# here\n");
    checkout.git("add", ".");
    checkout.git("commit", "--quiet", "-m", "Begin");
    return checkout;
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    writeFileSync(join(this.directory, path), text);
  }

  hook(name: string, script: string): void {
    this.write(`.git/hooks/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.directory, ".git/hooks", name), 0o755);
  }

  git(...args: readonly string[]): string {
    return git(this.directory, ...args);
  }

  commit(branch?: string, paths: readonly string[] = [OURA]): Promise<string> {
    return this.work.commit({ paths, message: "Add oura", branch });
  }
}
