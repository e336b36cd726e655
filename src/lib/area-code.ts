/** Area codes: GB/T 2260 with 6 digits, or 9 (township) and 12 (village) digits of the statistical code that continues it. */

export const isAreaCode = (code: string): boolean => /^[1-9]\d{5}(\d{3}(\d{3})?)?$/.test(code)

/** The digits that say something: 150000 → 15, 159900 → 1599, 159921000000 → 159921. */
export function areaStem(code: string): string {
  const long = code.replace(/^(\d{6}(?:\d{3})*?)(?:000)+$/, '$1')
  return long.length === 6 ? long.replace(/(?:00){1,2}$/, '') : long
}

/** Whether `inner` is `outer` or lies within it. */
export const areaCovers = (outer: string, inner: string): boolean => areaStem(inner).startsWith(areaStem(outer))
