import type { Surroundings } from "../../adding/judge.ts";
import type { Console } from "../console.ts";

/** What a file is judged beside: the checkout's declarations. */
export function around({ ports }: Console): Surroundings {
  return { files: ports.files, repository: ports.findRepository() };
}
