import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ajv, nothing, sealring } from "./contestants.mjs";
import { writeProject } from "./fixtures.mjs";
import { peakMegabytes, race } from "./measure.mjs";

/** What a person waits for most often: help, and `validate` of one file. */
export async function measureStart(rounds) {
  return inProject(1, async (folder) => {
    const [help, validate, other] = [sealring(["--help"]), sealring(["validate"], folder), ajv(folder)];
    const [base, ...times] = await race([nothing, help, validate, other], rounds);
    return [
      { what: "start", contestant: help, time: times[0], against: nothing, base, goal: 1.5 },
      { what: "validate, one file", contestant: validate, time: times[1], against: nothing, base, goal: 2 },
      { what: "the same file by ajv-cli", contestant: other, time: times[2], against: nothing, base },
    ];
  });
}

/** `validate` of many files against ajv-cli with the same schema and files, and the memory that it takes. */
export async function measureMany(count, rounds) {
  return inProject(count, async (folder) => {
    const [validate, other] = [sealring(["validate"], folder), ajv(folder)];
    const [base, mine, theirs] = await race([nothing, validate, other], rounds);
    const megabytes = await peakMegabytes(validate);
    const what = `validate, ${count.toLocaleString("en")} files`;
    return [
      { what, contestant: validate, time: mine, against: other, base: theirs, goal: 1 },
      { what: `${what}, peak memory`, contestant: validate, megabytes, goalMegabytes: 150 },
      { what: "the same files by ajv-cli", contestant: other, time: theirs, against: nothing, base },
    ];
  });
}

async function inProject(count, work) {
  const folder = await mkdtemp(join(tmpdir(), "sealring-bench-"));
  try {
    await writeProject(folder, count, "oura");
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
