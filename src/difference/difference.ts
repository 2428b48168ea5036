import { authorizationItems } from "./authorizations.ts";
import { environmentItems } from "./environments.ts";
import type { Facts } from "./facts.ts";
import { fileItems } from "./files.ts";
import { limitRemarks } from "./limits.ts";
import { orphanItems } from "./orphans.ts";
import { outputItems } from "./outputs.ts";
import { ownSecretItems } from "./own-secrets.ts";
import type { Blank, Change, Item, Plan, Remark, Task } from "./plan.ts";
import { storeBlanks } from "./present.ts";
import { scheduleItems } from "./schedules.ts";
import { titleOf } from "./title.ts";
import type { Wanted } from "./wanted.ts";

/** What has to happen so that GitHub and the tree are as declared. Pure, and the same whatever the order of credentials. */
export function differenceOf(wanted: Wanted, facts: Facts): Plan {
  const items = [
    ...environmentItems(wanted, facts),
    ...fileItems(wanted, facts),
    ...storeBlanks(facts),
    ...ownSecretItems(wanted, facts),
    ...authorizationItems(wanted, facts),
    ...outputItems(wanted, facts),
    ...scheduleItems(wanted, facts),
    ...orphanItems(wanted, facts),
    ...limitRemarks(wanted, facts),
  ];
  return sortedPlan(items);
}

/** As `apply` makes them: steps that others wait for come first. */
const ORDER: readonly Change["kind"][] = [
  "confine",
  "place_action",
  "write_file",
  "remove_file",
  "seal",
  "enable",
  "publish",
  "prune",
];

function sortedPlan(items: readonly Item[]): Plan {
  const [changes, tasks, remarks, blanks]: [Change[], Task[], Remark[], Blank[]] = [[], [], [], []];
  for (const item of items) {
    switch (item.kind) {
      case "person":
        tasks.push(item);
        break;
      case "remark":
      case "warning":
        remarks.push(item);
        break;
      case "unknown":
        blanks.push(item);
        break;
      case "confine":
      case "place_action":
      case "write_file":
      case "remove_file":
      case "seal":
      case "publish":
      case "enable":
      case "prune":
        changes.push(item);
    }
  }
  return {
    changes: changes.sort(byOrder),
    tasks: tasks.sort((one, other) => compare(one.what, other.what)),
    remarks: once(remarks).sort(byGravity),
    blanks: once(blanks).sort((one, other) => compare(one.what, other.what)),
  };
}

function byOrder(one: Change, other: Change): number {
  const steps = ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind);
  return steps === 0 ? compare(titleOf(one), titleOf(other)) : steps;
}

/** What will go wrong before what is worth knowing. */
function byGravity(one: Remark, other: Remark): number {
  return compare(other.kind, one.kind) || compare(one.what, other.what);
}

function once<Told extends { readonly what: string }>(told: readonly Told[]): Told[] {
  return [...new Map(told.map((each) => [each.what, each])).values()];
}

/** By code units: the same on every machine. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
