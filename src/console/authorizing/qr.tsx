import { encode } from "uqr";

/** Modules of quiet around the code (ISO/IEC 18004). */
const QUIET = 4;

/** An address as a QR code, drawn without a style: dark on light in both schemes, as cameras want it. */
export function QrCode({ address, label }: { readonly address: string; readonly label: string }) {
  const { size, data } = encode(address, { border: QUIET });
  const side = String(size);
  return (
    <svg
      class="authorize-qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      width="200"
      height="200"
      shape-rendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path fill="#000" d={data.map(rowPath).join("")} />
    </svg>
  );
}

/** The dark modules of a row, each run of them a rectangle. */
function rowPath(row: readonly boolean[], y: number): string {
  const runs = row
    .map((dark) => (dark ? "1" : "0"))
    .join("")
    .matchAll(/1+/g);
  return [...runs].map(({ index, 0: run }) => rectangle(index, y, run.length)).join("");
}

function rectangle(x: number, y: number, width: number): string {
  return `M${String(x)} ${String(y)}h${String(width)}v1h-${String(width)}z`;
}
