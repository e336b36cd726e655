/** A public side with something to find in it, served as the service serves it: files first, then the app. All content is invented (示例). */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { replay } from '../../src/delivery/replay.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { releaseById } from '../../src/desk/store.ts'
import { plus } from '../../src/lib/clock.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { takeDown } from '../../src/publication/takedown.ts'
import { commitFirstPages } from '../../src/server/first-site.ts'
import type { Actor } from '../../src/staff/member.ts'
import { type App, appOf } from './caller.ts'
import { policyDraft } from './sample.ts'
import { agreeAndPublish, publishNew, type Station, station } from './station.ts'

export type FindingScene = {
  station: Station
  app: App
  url: string
  numbers: Record<'policy' | 'conference' | 'corrected' | 'gone' | 'english', string>
  close(): Promise<void>
}

export async function findingScene(): Promise<FindingScene> {
  const s = await station({
    SITE_CONTACT: 'press@qinggele.example',
    SITE_NAME_ZH: '青格勒盟新闻发布',
    SITE_NAME_EN: 'Qinggele League Press',
  })
  await commitFirstPages(s.ctx, s.ctx.site)
  const drafter = s.people['drafter'] as Actor
  const now = s.ctx.clock.now()
  const zh = (title: string, body: string, more: object = {}) => ({
    'zh-CN': { title, body: `<p>${body}</p>`, blocks: {}, ...more },
  })
  const policy = await publishNew(
    s,
    policyDraft({}, '<p>各苏木便民服务中心办理饲草储备补助，严防草原火灾。</p><p>申请截止到十二月底。</p>'),
  )
  const english = await publishNew(s, {
    ...policyDraft({ documentNumber: undefined, topics: ['fire'], areas: ['159921'], kind: 'notice' }),
    parts: {
      ...zh('哈日诺尔旗草原火灾防火期公告', '防火期内禁止野外用火。'),
      en: {
        title: 'Fire season on the Hari Nuur steppe',
        body: '<p>No open fire on the steppe until the end of May.</p>',
        blocks: {},
      },
    },
  })
  const corrected = await publishNew(
    s,
    policyDraft({ documentNumber: '示政办字〔2026〕42号' }, '<p>供暖投诉电话 0479-0000001。</p>'),
  )
  await beginCorrection(s.ctx, drafter, corrected, { type: 'correction' })
  const fixed = policyDraft({ documentNumber: '示政办字〔2026〕42号' }, '<p>供暖投诉电话 0479-0000002。</p>')
  const part = {
    ...(fixed.parts['zh-CN'] as object),
    title: '关于做好牧区饲草储备工作的通知',
    changeNote: '更正供暖投诉电话。',
  }
  await saveDraft(s.ctx, drafter, corrected, { ...fixed, parts: { 'zh-CN': part } } as never, null)
  await agreeAndPublish(s, corrected)
  const conference = (title: string, days: number, place: string) =>
    publishNew(s, {
      ...policyDraft({
        ...{ kind: 'press-conference', documentNumber: undefined, formedOn: undefined },
        conference: { startsAt: plus(now, days * 86_400_000), endsAt: plus(now, days * 86_400_000 + 5_400_000), place },
      }),
      parts: zh(title, '媒体报名请联系新闻办。', {
        blocks: { whenWhere: '见日程。' },
        summary: '介绍有关情况并回答提问。',
      }),
    })
  await conference('草原火灾防控工作新闻发布会', -3, '盟行署新闻发布厅')
  const coming = await conference('冬季供暖保障新闻发布会', 5, '盟行署新闻发布厅')
  const gone = await publishNew(s, policyDraft({ documentNumber: undefined }, '<p>苜蓿。</p>'))
  await takeDown(s.ctx, s.people['signer'] as Actor, gone, { ground: 'privacy' })
  // Rendered as a rebuild does it: nobody waits for a worker and its reading back.
  await replay(s.ctx, s.ctx.channels, 0, () => {})
  const app = await appOf(s.ctx)
  const answer = getRequestListener(app.fetch)
  const server = createServer(async (req, res) => {
    if (!(await s.ctx.site.handle(req, res))) await answer(req, res)
  })
  // A busy machine may keep a connection waiting for longer than the five seconds of the default.
  server.keepAliveTimeout = 120_000
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const number = async (id: string) => (await releaseById(s.ctx.store.db, id))?.number as string
  return {
    ...{ station: s, app, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    numbers: {
      ...{ policy: await number(policy), english: await number(english), corrected: await number(corrected) },
      ...{ conference: await number(coming), gone: await number(gone) },
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await s.close()
    },
  }
}
