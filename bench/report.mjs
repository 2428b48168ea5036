import { cpus, totalmem } from "node:os";

/** The rows as a Markdown table: each figure with its command beside it. */
export function table(rows) {
  const head = ["what", "command", "median", "ratio", "to", "goal", ""];
  const lines = [head, head.map(() => "---"), ...rows.map(cells)];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

/** Whether every row with a goal reached it. */
export function allMet(rows) {
  return rows.every((row) => met(row) !== false);
}

/** The page docs/performance.md. */
export function page(rows, date) {
  const day = date.toISOString().slice(0, 10);
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus().length} × ${cpus()[0].model.trim()}, ${gigabytes} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
  return `# Performance

Written by \`npm run bench\` on ${day}: ${machine}.

Times are medians of whole processes, from start to exit, and contestants run in turn (A B A B), so that a ratio holds on
another machine where a time does not. The first round is not counted. Peak memory is resident memory, from a run of its own.

Credentials by the thousand are played in virtual time, on the sandbox with GitHub's documented limits enforced: 98 in an
environment, the jobs one after the other as the workflow runs them, 20 seconds apart, each with a connection of its own and
100 ms of latency on every request. The write budget is the primary limit of one token, 5,000 requests an hour, because it
binds: 98 refreshes are about 220 requests, and the other limits would let more through. An hour counts where work filled
it to its end. BENCH_CREDENTIALS plays another number.

${table(rows)}
`;
}

function cells(row) {
  if (row.value !== undefined) return [row.what, row.command, row.value, "", "", row.goal ?? "", mark(row)];
  const { what, contestant } = row;
  const command = `\`${contestant.name}\``;
  if (row.megabytes !== undefined) {
    return [what, command, `${row.megabytes.toFixed(0)} MB`, "", "", `< ${row.goalMegabytes} MB`, mark(row)];
  }
  const ratio = (row.time / row.base).toFixed(2);
  const goal = row.goal === undefined ? "" : `≤ ${row.goal.toFixed(1)}`;
  const rival = row.against.name.split(" ").slice(0, 3).join(" ");
  return [what, command, `${row.time.toFixed(0)} ms`, ratio, `\`${rival}\``, goal, mark(row)];
}

function mark(row) {
  return { true: "met", false: "**missed**", undefined: "" }[met(row)];
}

function met(row) {
  if (row.value !== undefined) return row.met;
  if (row.megabytes !== undefined) return row.megabytes < row.goalMegabytes;
  return row.goal === undefined ? undefined : row.time / row.base <= row.goal;
}
