const ADD_MASK = /^::add-mask::(.*)$/i;

/** What a job printed: as it came, and as GitHub shows it. */
export class JobLog {
  readonly #masks = new Set<string>();
  readonly #raw: string[] = [];
  readonly #shown: string[] = [];

  /** A secret of the job: GitHub masks it, and each of its lines, before the first step. */
  mask(value: string): void {
    for (const each of [value, ...value.split(/\r?\n/)]) if (each.trim() !== "") this.#masks.add(each);
  }

  /** Takes a line of a step's output: a command is obeyed, the rest is shown. */
  take(line: string): void {
    const masked = ADD_MASK.exec(line)?.[1];
    if (masked === undefined) this.#show(line);
    else this.mask(unescaped(masked));
  }

  /** What the steps printed, without the lines that tell the runner what to mask. */
  get raw(): string {
    return this.#raw.join("\n");
  }

  /** What everybody with read access sees. */
  get shown(): string {
    return this.#shown.join("\n");
  }

  #show(line: string): void {
    this.#raw.push(line);
    const masks = [...this.#masks].toSorted((a, b) => b.length - a.length);
    this.#shown.push(masks.reduce((text, mask) => text.replaceAll(mask, "***"), line));
  }
}

/** The runner's own escapes for the data of a workflow command. */
function unescaped(value: string): string {
  return value.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
