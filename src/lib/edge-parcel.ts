/** Many small files in one body: a line of JSON with hash and size of each, then their bytes end to end. Pure. */

export const MOST_IN_PARCEL = 100
/** A larger file travels alone. */
export const MOST_PARCEL_BYTES = 2 << 20

export type Parcelled = { hash: string; bytes: Uint8Array<ArrayBuffer> }

export function packParcel(files: readonly { hash: string; bytes: Uint8Array }[]): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`${JSON.stringify(files.map(({ hash, bytes }) => [hash, bytes.length]))}\n`)
  const all = new Uint8Array(files.reduce((size, { bytes }) => size + bytes.length, head.length))
  all.set(head)
  let at = head.length
  for (const { bytes } of files) {
    all.set(bytes, at)
    at += bytes.length
  }
  return all
}

/** null where the bytes are not exactly what the line says. */
export function openParcel(body: Uint8Array<ArrayBuffer>): Parcelled[] | null {
  const end = body.indexOf(10)
  const index = end < 0 ? null : indexIn(new TextDecoder().decode(body.subarray(0, end)))
  if (!index) return null
  let at = end + 1
  const files = index.map(([hash, size]) => {
    const bytes = body.slice(at, at + size)
    at += size
    return { hash, bytes }
  })
  return at === body.length ? files : null
}

function indexIn(line: string): [string, number][] | null {
  try {
    const index: unknown = JSON.parse(line)
    const fits = (one: unknown): boolean =>
      Array.isArray(one) && /^[0-9a-f]{64}$/.test(String(one[0])) && Number.isSafeInteger(one[1]) && one[1] >= 0
    return Array.isArray(index) && index.length <= MOST_IN_PARCEL && index.every(fits) ? index : null
  } catch {
    return null
  }
}
