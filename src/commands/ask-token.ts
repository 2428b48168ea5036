import { differenceOf } from "../difference/difference.ts";
import { lackingSecrets } from "../difference/lacking.ts";
import type { ApplyPorts, Planned } from "./plan.ts";

/** A plan, and the ports to carry it out with. */
export interface Ready {
  readonly ports: ApplyPorts;
  readonly planned: Planned;
}

/**
 * Asks the person at the terminal for the token that the workflow is to have, where it is missing, can be sealed, and no
 * App signs in. No answer leaves it to them, as the plan says.
 */
export async function askForToken({ ports, planned }: Ready): Promise<Ready> {
  const { wanted, facts, github } = planned;
  const lacking = lackingSecrets(wanted, facts).find(({ purpose }) => purpose === "token");
  if (lacking === undefined) return { ports, planned };
  const name = lacking.secretName;
  ports.progress.say(`The workflow needs a token that writes secrets of ${wanted.repository}. Make one with`);
  ports.progress.say("Environments and Secrets, read and write:");
  ports.progress.say(`  ${github.access.webUrl}/settings/personal-access-tokens/new`);
  const token = await ports.prompt.hidden(`${name} (Enter: later)`);
  if (token.reveal() === "") return { ports, planned };
  ports.progress.mask(token);
  const read = (asked: string) => (asked === name ? token : ports.secrets.read(asked));
  const now = { ...facts, atHand: new Set([...facts.atHand, name]) };
  return {
    ports: { ...ports, secrets: { read } },
    planned: { ...planned, facts: now, plan: differenceOf(wanted, now) },
  };
}
