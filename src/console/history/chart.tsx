import { EDGE, layOut } from "./chart-layout.ts";
import type { Chart, Drawn, Format, Point } from "./chart-layout.ts";
import { summaryOf } from "./summary.ts";

const WIDE: Format = { width: 860, height: 260, daysApart: 5 };
/** For phones: the words stay as large as they are. */
const NARROW: Format = { width: 380, height: 230, daysApart: 10 };

/** Beyond so many, marks would hide what they mark. */
const MOST_LARGE_MARKS = 40;

/** What was left on the access token over the last days, in two formats of which the style shows one. */
export function LifetimesChart({ drawn }: { readonly drawn: Drawn }) {
  const summary = summaryOf(drawn);
  return (
    <figure class="lifetimes">
      <Picture chart={layOut(drawn, WIDE)} id="lifetimes-wide" summary={summary} />
      <Picture chart={layOut(drawn, NARROW)} id="lifetimes-narrow" summary={summary} />
      <figcaption>
        <p>{summary}</p>
        <ul class="legend">
          <li class="legend-left">time left on the access token</li>
          <li class="legend-mark">refreshed</li>
          <li class="legend-authorized">authorized</li>
          {drawn.marginSeconds === undefined ? null : <li class="legend-margin">due for a refresh</li>}
          <li class="legend-gap">expired</li>
        </ul>
      </figcaption>
    </figure>
  );
}

interface PictureProps {
  readonly chart: Chart;
  readonly id: string;
  readonly summary: string;
}

function Picture({ chart, id, summary }: PictureProps) {
  const { format, gaps, teeth, marks } = chart;
  return (
    <svg
      class={id}
      viewBox={`0 0 ${String(format.width)} ${String(format.height)}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-text`}
    >
      <title id={`${id}-title`}>Time left on the access token, over the last 30 days</title>
      <desc id={`${id}-text`}>{summary}</desc>
      <Axes chart={chart} />
      {teeth.map(({ from, to }) => (
        <polygon class="chart-area" points={pointsOf([floor(chart, from), from, to, floor(chart, to)])} />
      ))}
      <Margin chart={chart} />
      {gaps.map(({ x, width }) => (
        <rect class="chart-gap" x={x} y={EDGE.top} width={width} height={bottomOf(chart) - EDGE.top} />
      ))}
      {teeth.map(({ from, to, risesFrom }) => (
        <polyline
          class="chart-line"
          points={pointsOf(risesFrom === undefined ? [from, to] : [{ x: from.x, y: risesFrom }, from, to])}
        />
      ))}
      {marks.map((mark) => (
        <Mark mark={mark} size={marks.length > MOST_LARGE_MARKS ? 2 : 4} />
      ))}
    </svg>
  );
}

function Mark({
  mark: { x, y, how },
  size,
}: {
  readonly mark: Chart["marks"][number];
  readonly size: number;
}) {
  if (how === "refreshed") return <circle class="chart-mark" cx={x} cy={y} r={size} />;
  const points = [
    { x: x - size - 1, y },
    { x, y: y - size - 1 },
    { x: x + size + 1, y },
    { x, y: y + size + 1 },
  ];
  return <polygon class="chart-authorized" points={pointsOf(points)} />;
}

/** Where a refresh is due. */
function Margin({ chart }: { readonly chart: Chart }) {
  const { format, marginY: y } = chart;
  if (y === undefined) return null;
  const right = format.width - EDGE.right;
  return (
    <>
      <rect class="chart-margin" x={EDGE.left} y={y} width={right - EDGE.left} height={bottomOf(chart) - y} />
      <line class="chart-due" x1={EDGE.left} y1={y} x2={right} y2={y} />
    </>
  );
}

function Axes({ chart }: { readonly chart: Chart }) {
  const { format, heights, dates } = chart;
  const [right, bottom] = [format.width - EDGE.right, bottomOf(chart)];
  return (
    <>
      {heights.map(({ y, label }) => (
        <>
          <line class="chart-grid" x1={EDGE.left} y1={y} x2={right} y2={y} />
          <text class="chart-word" x={EDGE.left - 6} y={y + 4} text-anchor="end">
            {label}
          </text>
        </>
      ))}
      {dates.map(({ x, label }) => (
        <>
          <line class="chart-grid" x1={x} y1={bottom} x2={x} y2={bottom + 4} />
          <text class="chart-word" x={x} y={bottom + 18} text-anchor="middle">
            {label}
          </text>
        </>
      ))}
    </>
  );
}

function bottomOf({ format }: Chart): number {
  return format.height - EDGE.bottom;
}

function floor(chart: Chart, { x }: Point): Point {
  return { x, y: bottomOf(chart) };
}

function pointsOf(points: readonly Point[]): string {
  return points.map(({ x, y }) => `${String(x)},${String(y)}`).join(" ");
}
