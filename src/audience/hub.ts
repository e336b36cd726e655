/** A subscription request to our WebSub hub, read and judged (W3C WebSub §5.1): what is wrong with it is said at once, all else is asked of the callback. */
import { isIP } from 'node:net'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { isInnerName } from '../lib/address.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../lib/clock.ts'
import { type Issue, invalid, issue, notFound, Refusal, unavailable } from '../lib/errors.ts'
import { assertOutside } from '../lib/http.ts'
import { newId } from '../lib/id.ts'
import { lock } from '../lib/lock.ts'
import type { Rate } from '../store/rate.ts'
import { assertPatience } from './ask.ts'
import { putRequest, waitingOf } from './hub-store.ts'

export const LEASE = { least: 5 * MINUTE, usual: 10 * DAY, most: 30 * DAY }
const ASKINGS: Rate = { max: 600, windowMs: HOUR }
/** Of one host, and not yet verified: nobody can have us knock at a stranger's door more often than that. */
const MOST_WAITING = 50
const ASKINGS_OF_HOST: Rate = { max: 600, windowMs: HOUR }
const LONGEST_URL = 2000
/** Must be under 200 bytes (§5.1). */
const LONGEST_SECRET = 199

/** What a request may hold, for the document of the API; parameters nobody knows are passed over. */
export const hubForm = z.object({
  'hub.mode': z.enum(['subscribe', 'unsubscribe']),
  'hub.callback': z.url(),
  'hub.topic': z.url(),
  'hub.lease_seconds': z.number().int().optional(),
  'hub.secret': z.string().max(LONGEST_SECRET).optional(),
})

export type Ask = {
  mode: 'subscribe' | 'unsubscribe'
  callback: string
  host: string
  /** As it was sent; the path of the public file it names. */
  topicUrl: string
  topic: string
  leaseSeconds: number
  secret: string | null
}

/**
 * Keeps a request for the job that asks the callback. Nothing the callback says changes the answer to whoever sent it (§5.1.2).
 * @throws Refusal `invalid` with issues, `unavailable` too-many-tries, `not-found` hub-off
 */
export async function askHub(ctx: Ctx, ip: string, form: URLSearchParams): Promise<void> {
  if (ctx.notReady['websub'] || !ctx.config.hub) throw notFound('hub-off')
  await assertPatience(ctx, 'hub', ip, ASKINGS)
  const ask = readAsk(form, ctx.config)
  if (!(await isTopic(ctx, ask.topic))) throw invalid([issue('hub.topic', 'hub-topic-unknown')])
  await assertPatience(ctx, 'hub-host', ask.host, ASKINGS_OF_HOST)
  if ((await waitingOf(ctx.store.db, ask.host)) >= MOST_WAITING) throw unavailable('too-many-tries', { seconds: 60 })
  const now = ctx.clock.now()
  await ctx.store.tx((trx) =>
    putRequest(trx, {
      id: newId(ctx.clock.ms()),
      mode: ask.mode,
      callback: ask.callback,
      topic: ask.topic,
      topic_url: ask.topicUrl,
      host: ask.host,
      lease_seconds: ask.leaseSeconds,
      secret: ask.secret === null ? null : lock(ctx.keys.secret, ask.secret),
      reason: '',
      asked_at: now,
      attempts: 0,
      next_at: now,
      lease_until: null,
    }),
  )
  ctx.bell.ring('hub', ask.mode)
}

const FEEDS = /^(application\/(atom\+xml|rss\+xml|feed\+json)|text\/html)\b/
/** Feeds of the whole site, and the index of warnings: whoever waits for the first may follow them before they are there. */
const TO_COME = /^\/(cap\/index\.(atom|rss)|feeds\/((zh|en|mn)\/)?all\.(atom|rss|json))$/
/** A live feed, index or page that stands there now; never one of an exercise. */
export async function isTopic(ctx: Pick<Ctx, 'site'>, path: string): Promise<boolean> {
  const hit = await ctx.site.entry(path)
  if (!hit) return TO_COME.test(path)
  return !hit.exercise && hit.status === 200 && FEEDS.test(hit.type)
}

type Settings = Pick<Ctx['config'], 'publicUrl' | 'outsiders'>

/** Parameters nobody knows are passed over (§5.1). Pure. @throws Refusal `invalid` with every issue found */
export function readAsk(form: URLSearchParams, config: Settings): Ask {
  const found: Issue[] = []
  const one = (name: string): string => {
    const all = form.getAll(name)
    if (all.length > 1) found.push(issue(name, 'hub-twice'))
    return all[0] ?? ''
  }
  const mode = one('hub.mode')
  if (mode !== 'subscribe' && mode !== 'unsubscribe') found.push(issue('hub.mode', mode ? 'hub-mode' : 'hub-missing'))
  const callback = one('hub.callback')
  const host = hostOf(callback, config, found)
  const topicUrl = one('hub.topic')
  const topic = pathOf(topicUrl, config.publicUrl)
  if (topic === null) found.push(issue('hub.topic', topicUrl ? 'hub-topic-foreign' : 'hub-missing'))
  const leaseSeconds = leaseOf(one('hub.lease_seconds'), found)
  const secret = one('hub.secret') || null
  if (secret && Buffer.byteLength(secret) > LONGEST_SECRET)
    found.push(issue('hub.secret', 'hub-secret', { max: LONGEST_SECRET }))
  if (found.length) throw invalid(found)
  return { mode: mode as Ask['mode'], callback, host, topicUrl, topic: topic as string, leaseSeconds, secret }
}

/** As short or long as we allow, whatever is asked for; nothing, and the 0 that once meant for ever, are the usual time. */
function leaseOf(text: string, found: Issue[]): number {
  if (!/^\d{0,12}$/.test(text)) found.push(issue('hub.lease_seconds', 'hub-lease'))
  const asked = Number(text) * SECOND || LEASE.usual
  return Math.min(LEASE.most, Math.max(LEASE.least, asked)) / SECOND
}

/** An https address of the outside. What its name leads to is looked at whenever it is called. */
function hostOf(callback: string, config: Settings, found: Issue[]): string {
  const wrong = (code: string) => {
    found.push(issue('hub.callback', code))
    return ''
  }
  if (!callback) return wrong('hub-missing')
  if (callback.length > LONGEST_URL) return wrong('hub-callback-long')
  try {
    const allowed = new Set(config.outsiders.map((entry) => entry.toLowerCase()))
    const url = assertOutside(callback, allowed)
    if (url.hash || callback.includes('#')) return wrong('hub-fragment')
    if (url.host === new URL(config.publicUrl).host) return wrong('hub-own-address')
    const listed = allowed.has(`${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`)
    const name = url.hostname.replace(/\.$/, '')
    if (!listed && !isIP(name.replace(/^\[|\]$/g, '')) && (!name.includes('.') || isInnerName(name)))
      return wrong('url-private-address')
    return url.host
  } catch (err) {
    if (err instanceof Refusal) return wrong(err.code)
    throw err
  }
}

/** Path of the public file a topic names, as the tree knows it; null for what is not under our address. */
export function pathOf(topicUrl: string, publicUrl: string): string | null {
  const [url, base] = [URL.parse(topicUrl), new URL(publicUrl)]
  if (!url || url.origin !== base.origin || url.search || url.hash || /[#?\s\\]/.test(topicUrl)) return null
  const root = base.pathname.replace(/\/$/, '')
  if (!url.pathname.startsWith(`${root}/`) || topicUrl.length > LONGEST_URL) return null
  try {
    return decodeURIComponent(url.pathname.slice(root.length))
  } catch {
    return null
  }
}
