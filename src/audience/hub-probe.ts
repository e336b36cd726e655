/** The callback of our own by which the hub is tried: an address nobody can guess, good for minutes, known by its signature and kept in no row. Pure. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { MINUTE } from '../lib/clock.ts'
import { newToken } from '../lib/id.ts'

/** A test is over long before. */
const GOOD_FOR = 10 * MINUTE
/** The feed a test follows: everybody's, and the one that is always there once anything is. */
export const PROBE_TOPIC = '/feeds/all.atom'
const TOKEN = /^([0-9a-z]{1,11})\.([\w-]{32})\.([\w-]{43})$/

const mac = (secret: string, text: string) => createHmac('sha256', secret).update(text)
const markOf = (secret: string, head: string): string => mac(secret, `hub-probe ${head}`).digest('base64url')

export function probeToken(secret: string, nowMs: number): string {
  const head = `${nowMs.toString(36)}.${newToken()}`
  return `${head}.${markOf(secret, head)}`
}

export const probePath = (token: string): string => `/hub/probe/${token}`

/** One we made, and not long ago. */
export function isProbe(secret: string, token: string, nowMs: number): boolean {
  const [, at = '', nonce = '', given = ''] = TOKEN.exec(token) ?? []
  if (!given || !timingSafeEqual(Buffer.from(given), Buffer.from(markOf(secret, `${at}.${nonce}`)))) return false
  const age = nowMs - Number.parseInt(at, 36)
  return age >= 0 && age <= GOOD_FOR
}

/** The hub.secret a probe subscribes with: what is posted to it has to be signed by it. */
export const probeSecret = (secret: string, token: string): string =>
  mac(secret, `hub-probe-secret ${token}`).digest('base64url')

/** Whether what was posted to a probe is what a subscriber would have to take: the feed, signed. */
export function isTaken(secret: string, token: string, said: { type: string; signature: string }, body: Uint8Array) {
  const right = `sha256=${mac(probeSecret(secret, token), '').update(body).digest('hex')}`
  const given = Buffer.from(said.signature)
  const signed = given.length === right.length && timingSafeEqual(given, Buffer.from(right))
  return signed && body.length > 0 && said.type.startsWith('application/atom+xml')
}
