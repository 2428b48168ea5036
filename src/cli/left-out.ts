import { SealringError } from "../errors.ts";

/**
 * What stands in the action for `sealring demo`: users commit the action to their repositories, so it stays small.
 * @throws SealringError `usage`, always.
 */
export function runDemo(): never {
  throw leftOut("demo");
}

/**
 * The same for `sealring sandbox`.
 * @throws SealringError `usage`, always.
 */
export function runSandboxCommand(): never {
  throw leftOut("sandbox");
}

/**
 * The same for `sealring console`.
 * @throws SealringError `usage`, always.
 */
export function runConsoleCommand(): never {
  throw leftOut("console");
}

function leftOut(command: string): SealringError {
  return new SealringError("usage", `the action comes without \`${command}\`, which is for people`, {
    hint: `run: npx sealring ${command}`,
  });
}
