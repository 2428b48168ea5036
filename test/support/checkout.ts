import { apply } from "../../src/commands/apply.ts";
import type { ApplyReport, ApplyRequest } from "../../src/commands/apply.ts";
import { plan } from "../../src/commands/plan.ts";
import type { ApplyPorts, PlanReport, PlanRequest } from "../../src/commands/plan.ts";
import type { Plan } from "../../src/difference/plan.ts";
import { titleOf } from "../../src/difference/title.ts";
import type { ActionFile } from "../../src/ports.ts";
import { Secret } from "../../src/secret.ts";
import { memoryFiles } from "./memory-files.ts";
import type { Job, JobOptions } from "./world.ts";
import { World } from "./world.ts";

/** An action as small as it may be. */
const ACTION: readonly ActionFile[] = [
  { path: "action.yml", bytes: new TextEncoder().encode("name: sealring\n") },
  { path: "action/main.mjs", bytes: new TextEncoder().encode("export {};\n") },
];

/** A person's checkout of the world's repository: the world's declarations, and what `apply` writes. */
export class Checkout {
  readonly world: World;
  readonly written = new Map<string, Uint8Array>();
  /** The variables that are set in the person's shell. */
  readonly variables = new Map<string, string>();

  constructor(world: World) {
    this.world = world;
    const { github, authorization_server } = world.sandbox.addresses;
    this.variables.set("SEALRING_GITHUB_TOKEN", github.token);
    this.variables.set("OURA_CLIENT_SECRET", authorization_server.client_secret);
  }

  /** Of a world with one credential, and nothing made for it yet; its environment is to be `vault`. */
  static async fresh(): Promise<Checkout> {
    const world = await World.create();
    world.project = "version: 1\nenvironment: vault\n";
    world.declare({ name: "oura" });
    const checkout = new Checkout(world);
    checkout.push();
    return checkout;
  }

  /** Of a world with one credential, authorized, where everything is as declared and pushed. */
  static async settled(wanted: Parameters<typeof World.authorized>[0] = {}): Promise<Checkout> {
    const checkout = new Checkout(await World.authorized(wanted));
    await checkout.apply();
    checkout.push();
    return checkout;
  }

  plan(request: Partial<PlanRequest> = {}, options: JobOptions = {}): Promise<PlanReport> {
    return this.#within((ports) => plan(ports, { mode: "show", orphans: "keep", ...request }), options);
  }

  apply(request: Partial<ApplyRequest> = {}, options: JobOptions = {}): Promise<ApplyReport> {
    const usual = { orphans: "keep", consent: "given", saved: undefined, show: () => undefined } as const;
    return this.#within((ports) => apply(ports, { ...usual, ...request }), options);
  }

  /** Commits everything to the default branch, and pushes. */
  push(): void {
    const { sandbox, repository } = this.world;
    const before = sandbox.github.commits(repository, "main")[0];
    const known = before === undefined ? [] : [...sandbox.github.filesOf(repository, before.id).keys()];
    const now = { ...this.#declarations(), ...textsOf(this.written) };
    const gone = Object.fromEntries(known.filter((path) => !(path in now)).map((path) => [path, undefined]));
    sandbox.github.commit(repository, { branch: "main", message: "push", files: { ...gone, ...now } });
  }

  #within<Result>(work: (ports: ApplyPorts) => Promise<Result>, options: JobOptions): Promise<Result> {
    return this.world.within({ owner: "process", ...options }, (job) => work(this.#ports(job)));
  }

  #ports({ ports }: Job): ApplyPorts {
    return {
      ...ports,
      secrets: { read: (name) => secretOf(this.variables.get(name)) },
      files: memoryFiles({ ...this.#declarations(), ...Object.fromEntries(this.written) }),
      actionFiles: async () => ACTION,
      tree: {
        write: async (path, bytes) => void this.written.set(path, bytes),
        remove: async (path) => void this.written.delete(path),
      },
    };
  }

  #declarations(): Record<string, string> {
    const { declarations, project } = this.world;
    const files = new Map([...declarations].map(([name, yaml]) => [`credentials/${name}.yaml`, yaml]));
    if (project !== undefined) files.set("sealring.yaml", project);
    return Object.fromEntries(files);
  }
}

/** The changes of a plan, one a line: `+ what`. */
export function changesOf(plan: Plan | undefined): readonly string[] {
  const marks = { add: "+", change: "~", remove: "-" };
  return plan?.changes.map((change) => `${marks[change.sign]} ${titleOf(change)}`) ?? ["no plan"];
}

function secretOf(value: string | undefined): Secret | undefined {
  return value === undefined ? undefined : new Secret(value);
}

function textsOf(files: ReadonlyMap<string, Uint8Array>): Record<string, string> {
  return Object.fromEntries([...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
}
