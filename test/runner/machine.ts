import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Life } from "./life.ts";
import type { ShellProcess } from "./shell.ts";
import type { VirtualClock } from "./clock.ts";

/** A hosted runner for one job: its folders, and the processes of the step that is under way. */
export class Machine {
  readonly home: string;
  readonly temp: string;
  readonly workspace: string;
  /** By which the runner knows the processes that a job has started. */
  readonly trackingId: string;
  readonly #clock: VirtualClock;
  #shell: ShellProcess | undefined;
  #resident: { readonly life: Life; readonly pid: number } | undefined;
  #isLost = false;

  constructor(folder: string, clock: VirtualClock) {
    this.home = join(folder, "home");
    this.temp = join(folder, "work", "_temp");
    this.workspace = join(folder, "work", "repository");
    this.trackingId = `github_${folder}`;
    this.#clock = clock;
    for (const each of [this.home, this.temp, this.workspace]) mkdirSync(each, { recursive: true });
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** Waits for a step's shell. */
  async wait(shell: ShellProcess): Promise<number> {
    this.#shell = shell;
    const exit = await shell.ended;
    this.#shell = undefined;
    return exit;
  }

  /** A resident command has started; gives what to call at its end. */
  host(life: Life, pid: number): () => void {
    this.#resident = { life, pid };
    return () => {
      this.#resident = undefined;
    };
  }

  /**
   * Ends the step as the runner does: SIGINT to the shell alone, SIGTERM 7.5 seconds later, and after 2.5 more an end to
   * everything (actions/runner, ProcessInvoker). A resident hears what the shell hears only where it was put in its
   * place by `exec`; else it finds within a second that the shell is gone.
   */
  interrupt(): void {
    const [shell, resident] = [this.#shell, this.#resident];
    if (resident === undefined) {
      shell?.signal("SIGINT");
      return;
    }
    const hears = resident.pid === shell?.pid;
    const stop = () => {
      resident.life.stop.abort();
    };
    if (hears) stop();
    this.#clock.ring(hears ? 7_500 : 8_500, stop);
    this.#clock.ring(10_000, () => {
      resident.life.die();
      shell?.signal("SIGKILL");
    });
  }

  /** The machine is gone, with everything on it. */
  lose(): void {
    this.#isLost = true;
    this.#resident?.life.die();
    this.#shell?.signal("SIGKILL");
  }
}
