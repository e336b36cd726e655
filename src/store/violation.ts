/** Reads what a failed write broke, the same over SQLite and PostgreSQL. */

type DriverError = Error & { errcode?: number; code?: string; constraint?: string; table?: string; column?: string }

const SQLITE_UNIQUE = new Set([2067, 1555, 2579]) // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY, _ROWID
const PG_UNIQUE = '23505'

/** True when a unique constraint or primary key refused the row: the answer to *look, then insert*. */
export function isUniqueViolation(err: unknown): boolean {
  if (!(err instanceof Error)) return false
  const { errcode, code } = err as DriverError
  return code === PG_UNIQUE || (errcode !== undefined && SQLITE_UNIQUE.has(errcode))
}

/**
 * What was broken: PostgreSQL's constraint name (`subscriber_address_key`), or for SQLite what stands after
 * `constraint failed: ` (columns `subscriber.address, subscriber.agency_id`, a CHECK's name or text). null otherwise.
 */
export function constraintName(err: unknown): string | null {
  if (!(err instanceof Error)) return null
  const named = (err as DriverError).constraint
  if (named) return named
  const text = /^(?:UNIQUE|CHECK|NOT NULL|FOREIGN KEY) constraint failed(?:: (.*))?$/s.exec(err.message)
  if (text) return (text[1] ?? 'foreign key').replace(/^index '(.*)'$/, '$1')
  return null
}

/** The code a trigger raised: `ortoo:edition-is-frozen` → `edition-is-frozen`; null for any other error. */
export function raisedCode(err: unknown): string | null {
  if (!(err instanceof Error)) return null
  return /^ortoo:([a-z0-9.-]+)/.exec(err.message)?.[1] ?? null
}
