/** A process that may be ended at any moment: what it asks for after that never happens, and never answers. */
export class Life {
  /** SIGINT or SIGTERM. */
  readonly stop = new AbortController();
  readonly dead: Promise<"dead">;
  #isDead = false;
  #tell: () => void = () => undefined;

  constructor() {
    this.dead = new Promise((resolve) => {
      this.#tell = () => resolve("dead");
    });
  }

  /** SIGKILL, or a machine that is gone. */
  die(): void {
    this.#isDead = true;
    this.#tell();
  }

  /** A port, as the process has it while it lives; and the ports that it is made of. */
  bind<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value === "function") {
          return (...args: unknown[]) => this.#call(() => Reflect.apply(value, target, args) as unknown);
        }
        return typeof value === "object" && value !== null ? this.bind(value) : value;
      },
    });
  }

  #call(call: () => unknown): unknown {
    if (this.#isDead) return NEVER;
    const result = call();
    return result instanceof Promise
      ? result.then(
          (value: unknown) => (this.#isDead ? NEVER : value),
          (error: unknown) => {
            if (this.#isDead) return NEVER;
            throw error;
          },
        )
      : result;
  }
}

const NEVER = new Promise<never>(() => undefined);
