/** A draft's version as an entity tag (RFC 9110 §8.8.3): who saves says which version they saw. */
import type { Req } from '../env.ts'
import { BadRequest } from '../errors.ts'

export const etagOf = (version: number): string => `"${version}"`

/** The version in If-Match; null for `*` or where none is given. @throws BadRequest 412 for a tag that cannot be one of ours */
export function ifMatch(c: Req): number | null {
  const given = c.req.header('if-match')?.trim()
  if (given === undefined || given === '*') return null
  const version = /^"(\d{1,9})"$/.exec(given)?.[1]
  if (!version) throw new BadRequest(412, 'if-match-unknown')
  return Number(version)
}

/** As ifMatch, where saving without having looked could lose somebody's words: 428 (RFC 6585 §3). */
export function requireIfMatch(c: Req): number | null {
  if (c.req.header('if-match') === undefined) throw new BadRequest(428, 'if-match-missing')
  return ifMatch(c)
}
