/** A QR code as inline SVG: one path of black runs on white, quiet zone included, so that every scanner finds it in every theme. */
import { encode } from 'uqr'

/** Error correction M: 15 % of a poster may be torn, wet or folded (ISO/IEC 18004). The quiet zone is 4 modules wide. */
export function Qr(p: { text: string; label: string }) {
  const { data, size } = encode(p.text, { ecc: 'M', border: 4 })
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={p.label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={data.map(runs).join('')} stroke="#000" />
    </svg>
  )
}

/** Dark modules of one row as strokes one module thick, each beginning where the one before ended. */
function runs(row: boolean[], y: number): string {
  let path = ''
  let at = 0
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue
    let n = 1
    while (row[x + n]) n++
    path += path === '' ? `M${x} ${y}.5h${n}` : `m${x - at} 0h${n}`
    x += n
    at = x
  }
  return path
}
