import { World } from "../support/cli-world.ts";
import { authorizeHere } from "../support/here.ts";

/** A world's history is looked through for leaks when it closes, which takes longer the longer it is. */
const CELLS_A_WORLD = 25;

/** Worlds with a credential in order, lent to one cell at a time. One that a cell left in disorder is not lent again. */
export class WorldPool {
  readonly #free: { readonly world: World; cells: number }[] = [];

  async lend<Result>(use: (world: World) => Promise<Result>): Promise<Result> {
    const lent = this.#free.pop() ?? { world: await authorizedWorld(), cells: 0 };
    lent.cells += 1;
    let isLentAgain = false;
    try {
      const result = await use(lent.world);
      isLentAgain = lent.cells < CELLS_A_WORLD;
      return result;
    } finally {
      if (isLentAgain) this.#free.push(lent);
      else await lent.world.close();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#free.splice(0).map(({ world }) => world.close()));
  }
}

async function authorizedWorld(): Promise<World> {
  const world = await World.open();
  await authorizeHere(world);
  return world;
}
