/**
 * A test of the hub itself, over the public address: found, knocked at, followed, confirmed, posted to, left. The callback is a probe
 * of our own; no follower is written to, and what becomes of theirs is not shown by it.
 */
import { PROBE_TOPIC, probePath, probeSecret, probeToken } from '../audience/hub-probe.ts'
import { hubAddress } from '../audience/hub-store.ts'
import { askNow } from '../audience/hub-verify.ts'
import { subscriberByAddress } from '../audience/store.ts'
import type { Ctx } from '../context.ts'
import { SECOND } from '../lib/clock.ts'
import type { Channel, HttpAnswer, HttpRequest, Outcome, Signing } from './channel.ts'

/** null: every step went as a follower would have it. `why` is a code with words under office.test.why, or the far end's own. */
export type Failed = { outcome: 'again' | 'not-ready'; why: string } | { sent: Outcome }

const again = (why: string): Failed => ({ outcome: 'again', why })
const CALL = { timeoutMs: 10 * SECOND }
/** Headers of a feed come before its body; a long body that is cut is a feed all the same. */
const FEED_BYTES = 8 * 1024 * 1024

export async function testHub(ctx: Ctx, channel: Channel): Promise<Failed | null> {
  if (!(await ctx.site.entry(PROBE_TOPIC))) return { outcome: 'not-ready', why: 'hub-no-feed' }
  return (await discovered(ctx)) ?? (await knocked(ctx)) ?? followed(ctx, channel)
}

/** W3C WebSub §4: the feed names its hub in a header. */
async function discovered(ctx: Ctx): Promise<Failed | null> {
  const feed = await call(ctx, PROBE_TOPIC, { maxBytes: FEED_BYTES })
  if (feed?.status !== 200) return again('hub-no-answer')
  return linksIn(feed.headers['link'] ?? '').includes(`${ctx.config.publicUrl}/hub`) ? null : again('hub-not-named')
}

const linksIn = (header: string): string[] =>
  [...header.matchAll(/<([^>]*)>[^,]*?;\s*rel="?hub"?/g)].map((m) => m[1] as string)

/** An empty request is answered by the hub with a no, and by anything that stands in front of it with something else. */
async function knocked(ctx: Ctx): Promise<Failed | null> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await call(ctx, '/hub', { method: 'POST', headers, body: 'hub.mode=' })
  return answer?.status === 400 || answer?.status === 422 ? null : again('hub-closed')
}

async function followed(ctx: Ctx, channel: Channel): Promise<Failed | null> {
  const token = probeToken(ctx.keys.secret, ctx.clock.ms())
  const of = {
    callback: ctx.config.publicUrl + probePath(token),
    topic: PROBE_TOPIC,
    topicUrl: ctx.config.publicUrl + PROBE_TOPIC,
    host: new URL(ctx.config.publicUrl).host,
  }
  const follower = () => subscriberByAddress(ctx.store.db, 'websub', hubAddress(of.callback, of.topic), 'live')
  let failed: Failed | null
  try {
    await askNow(ctx, { ...of, mode: 'subscribe', secret: probeSecret(ctx.keys.secret, token) })
    const row = await follower()
    failed = row?.state === 'active' ? await posted(channel, row) : again('hub-not-confirmed')
  } finally {
    await askNow(ctx, { ...of, mode: 'unsubscribe', secret: null })
  }
  if (failed) return failed
  return (await follower())?.state === 'active' ? again('hub-not-left') : null
}

async function posted(channel: Channel, row: { address: string; keys: string | null }): Promise<Failed | null> {
  if (!channel.test || !row.keys) return { outcome: 'not-ready', why: 'not-here' }
  const signing = JSON.parse(row.keys) as Signing
  const sent = await channel.test({ address: row.address, language: 'zh-CN', signing })
  return sent.state === 'accepted' ? null : { sent }
}

const call = (ctx: Ctx, path: string, request: HttpRequest): Promise<HttpAnswer | null> =>
  ctx.configured(ctx.config.publicUrl + path, { ...CALL, ...request }).catch(() => null)
