/** P2: publish → every browser's push service has answered and it is recorded, against bare crypto and against `web-push`. */
import webpush from 'web-push'
import { bytesOf, testPayload } from '../../channels/webpush/payload.ts'
import type { Ctx } from '../../src/context.ts'
import { newToken } from '../../src/lib/id.ts'
import type { SinkSubscription } from '../support/push-sink.ts'
import type { Measured } from './measured.ts'
import { startSinkProcess } from './push-sink-process.ts'
import { pushCrypto } from './reference/push-crypto.ts'
import { webPush } from './reference/web-push.ts'
import { notice, publishAndWait, scene } from './scene.ts'

const ENDPOINTS = 20_000
const PAYLOAD_BYTES = 700

export async function p2(): Promise<Measured> {
  const sink = await startSinkProcess()
  const browsers = await sink.subscribe(ENDPOINTS)
  const s = await scene({
    readers: 0,
    smtpPort: 1,
    env: { NODE_EXTRA_CA_CERTS: sink.caFile, ORTOO_OUTSIDERS: `127.0.0.1:${sink.port}` },
    prepare: (ctx) => enrolBrowsers(ctx, browsers),
  })
  try {
    const before = await pushCrypto(ENDPOINTS / 2, PAYLOAD_BYTES)
    const ours = await publishAndWait(s, notice('2'), 'webpush')
    const after = await pushCrypto(ENDPOINTS / 2, PAYLOAD_BYTES)
    const seen = await sink.count()
    const { accepted } = ours.run.counts
    if (accepted !== ENDPOINTS || seen.accepted !== ENDPOINTS || seen.endpoints !== ENDPOINTS || seen.problems.length)
      throw new Error(`recorded ${accepted}, far end ${JSON.stringify(seen)}`)
    await s.kill()
    const vapid = { ...webpush.generateVAPIDKeys(), subject: 'mailto:push@press.example' }
    const payload = bytesOf(testPayload('zh-CN', CONFIG)).subarray(0, PAYLOAD_BYTES)
    const theirs = await webPush(browsers.slice(0, ENDPOINTS / 4), { vapid, ca: sink.ca, payload })
    const bare = (before.perSecond + after.perSecond) / 2
    return {
      P2a: {
        ours: ours.perSecond,
        other: bare,
        what: `notifications a second to ${ENDPOINTS} browsers / bare crypto on one core`,
        goal: '≥ 0.6',
      },
      P2b: {
        ours: ours.perSecond,
        other: theirs.perSecond,
        what: 'notifications a second / web-push, 20 at once',
        goal: '≥ 2',
      },
    }
  } finally {
    await s.close()
    await sink.close()
  }
}

const CONFIG = {
  publicUrl: 'https://press.example',
  site: { nameZh: '新闻办', nameEn: 'Press Office', offset: '+08:00', mark: '示例' },
}

async function enrolBrowsers(ctx: Ctx, browsers: SinkSubscription[]): Promise<void> {
  const at = ctx.clock.now()
  const rows = browsers.map(({ endpoint, keys }) => ({
    kind: 'webpush',
    address: endpoint,
    keys: JSON.stringify(keys),
    token: newToken(),
    state: 'active',
    mode: 'live',
    language: 'zh-CN',
    urgency: 'normal',
    frequency: 'at-once',
    all_topics: 1,
    all_areas: 1,
    created_at: at,
    confirmed_at: at,
    left_at: null,
  }))
  for (let from = 0; from < rows.length; from += 1000)
    await ctx.store.db
      .insertInto('subscriber')
      .values(rows.slice(from, from + 1000))
      .execute()
}
