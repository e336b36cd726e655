/** What may be bound to a query: the same few types over both databases. */

/**
 * Throws on Date, boolean, undefined and objects. node:sqlite reads an object as named parameters and pg turns each of
 * them into text of its own taste, so a mistake would be stored instead of seen.
 */
export function refuseOddBindings(parameters: readonly unknown[]): void {
  for (const [i, value] of parameters.entries()) {
    const odd = oddity(value)
    if (odd) throw new TypeError(`parameter ${i + 1} of the query is ${odd}`)
  }
}

function oddity(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
    case 'bigint':
      return null
    case 'number':
      return Number.isFinite(value) ? null : `${value}: bind a finite number`
    case 'boolean':
      return 'a boolean: bind 0 or 1'
    case 'undefined':
      return 'undefined: bind null'
    default:
      break
  }
  if (value === null || value instanceof Uint8Array) return null
  if (value instanceof Date) return 'a Date: bind its ISO text'
  return 'an object: bind its JSON text'
}
