/** An office that sends people out: channels, contacts, a correction some have not carried, a release carried from the league. */
import { setTimeout as sleep } from 'node:timers/promises'
import { create as manual } from '../../channels/manual/index.ts'
import { addContact } from '../../src/audience/keep-contact.ts'
import type { Ctx, Registry } from '../../src/context.ts'
import { acknowledge, recordAcknowledgement, rollOf } from '../../src/delivery/acknowledge.ts'
import { acknowledgePath, acknowledgeToken } from '../../src/delivery/acknowledge-link.ts'
import type { Channel } from '../../src/delivery/channel.ts'
import { addManualChannel } from '../../src/delivery/manual-channel.ts'
import { recordCarried } from '../../src/delivery/manual-record.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { type ReleaseRow, type Revision, releaseById, revisionOf } from '../../src/desk/store.ts'
import { MINUTE, SECOND } from '../../src/lib/clock.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { publishApproved } from '../../src/publication/publish.ts'
import { repost } from '../../src/publication/repost.ts'
import { decide } from '../../src/review/decide.ts'
import { judge } from '../../src/review/judge.ts'
import { resolveHit } from '../../src/review/resolve.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import type { Actor } from '../../src/staff/member.ts'
import type { App } from '../../src/web/env.ts'
import { startWork } from '../../src/work.ts'
import { type AgencyKey, type Office, office, type Workplace, workplace } from './office.ts'
import { CLEAR } from './sample.ts'
import { served } from './served.ts'

/** Pages that take everything, and the manual outlet itself. */
export const byHandRegistry: Registry = (deps) => ({
  channels: [
    ...(['website', 'feeds'] as const).map(
      (name): Channel => ({
        name,
        audience: 'everyone',
        ready: () => null,
        variants: () => ['all'],
        prepare: async () => null,
        send: async (_p, targets) => targets.map(() => ({ state: 'accepted' as const })),
      }),
    ),
    manual(deps) as Channel,
  ],
  notReady: {},
})

export type ByHandScene = {
  place: Workplace
  people: Office
  app: App
  origin: string
  /** Release numbers. */
  numbers: { corrected: string; exercise: string; carried: string; plain: string }
  /** Path of a contact's own page. */
  links: { open: string; signed: string; exercise: string }
  close(): Promise<void>
}

export const notice = (title: string, advice: string, over: Partial<ContentInput['core']> = {}): ContentInput => ({
  core: {
    kind: 'response',
    areas: ['159921'],
    expiresAt: '2026-12-31T00:00:00.000Z',
    topics: ['fire'],
    outlets: ['website', 'feeds', 'manual'],
    contacts: [{ label: '值班电话', phone: '0482-1234567', audience: 'public' }],
    ...over,
  },
  parts: {
    'zh-CN': {
      title,
      body: '',
      blocks: {
        facts: '自11月24日14:30起，省道204线18—41公里封闭。',
        actions: '三支队伍412人正在扑救。',
        advice,
      },
    },
  },
  attachments: [],
})

/** Submits, has it agreed by its own agency's people and publishes it. */
export async function publishAs(ctx: Ctx, people: Office, agency: AgencyKey, id: string): Promise<void> {
  const who = people.actors[agency]
  await submit(ctx, who.drafter, id, null)
  await settleHits(ctx, who.drafter, id)
  const revisionHash = (await currentSubmission(ctx.store.db, id))?.revision_hash as string
  await decide(ctx, who.reviewer, id, { revisionHash, verdict: 'approve' })
  await decide(ctx, who.confidentiality, id, { revisionHash, verdict: 'approve', confidentiality: CLEAR })
  await decide(ctx, who.signer, id, { revisionHash, verdict: 'approve' })
  await publishApproved(ctx, id, 'system')
}

/** A translation says its numbers in other words: looked at, and kept. */
async function settleHits(ctx: Ctx, by: Actor, id: string): Promise<void> {
  const { db } = ctx.store
  const release = (await releaseById(db, id)) as ReleaseRow
  const revision = (await revisionOf(db, id, release.revision)) as Revision
  for (const hit of (await judge(ctx, db, release, revision)).hits.filter((h) => !h.resolution))
    await resolveHit(ctx, by, id, hit.key, { action: 'keep', note: '译文写法不同' })
}

/** Lets what was published go out, a quarter of an hour on the clock. */
export async function goOut({ ctx, clock }: Workplace): Promise<void> {
  const work = await startWork(ctx)
  for (let i = 0; i < 40; i++) {
    clock.advance(SECOND)
    await sleep(20)
  }
  await work.stop()
  clock.advance(14 * MINUTE)
}

export async function byHandScene(): Promise<ByHandScene> {
  const place = await workplace({}, { registry: byHandRegistry })
  const { ctx } = place
  Object.assign(ctx.config.site, {
    nameZh: '青格勒盟新闻发布（示例）',
    nameEn: 'Qinggele League Press (sample)',
    mark: '示例',
  })
  const people = await office(ctx, {
    logins: ['league-drafter', 'region-signer', 'banner-drafter', 'league-auditor', 'league-admin'],
  })
  const drafter = people.own.drafter
  for (const [name, role, phone] of [
    ['其其格', '宝日嘎查长', '13900000001'],
    ['巴特尔', '查干苏木值班员', '13900000002'],
    ['乌云', '旗融媒体中心', '0482-7654321转6'],
    ['满都拉', '', '13900000004'],
  ] as const)
    await addContact(ctx, drafter, { name, role, phone, areas: ['159921'] })
  await addContact(ctx, drafter, { name: '演练联系人', phone: '13900000009', areas: ['159921'], mode: 'exercise' })
  const channels = []
  for (const name of ['旗电视台', '微信公众号', '大喇叭', '短信平台'])
    channels.push(await addManualChannel(ctx, drafter, { name }))

  const wrong = notice(
    '哈日诺尔旗草原火灾避险提示（示例）',
    '下风向18户居民听从转移安排。\n不要前往火场围观，给救援车辆让路。',
  )
  const mongolian = {
    title: 'ᠲᠠᠯ᠎ᠠ ᠶᠢᠨ ᠲᠦᠢᠮᠡᠷ',
    body: '',
    blocks: { facts: '11 ᠰᠠᠷ᠎ᠠ ᠶᠢᠨ 24, 14:30: 204, 18—41᠃', actions: '412 ᠬᠦᠮᠦᠨ᠃', advice: '18 ᠭᠠᠯ ᠡᠴᠡ ᠬᠣᠯᠠᠳᠠᠭᠠᠷᠠᠢ᠃' },
  }
  const english = {
    title: 'Grassland fire in Harinur: what to do (sample)',
    body: '',
    blocks: {
      facts: 'From 14:30 on 24 November provincial road 204 is closed between km 18 and km 41.',
      actions: 'Three teams of 412 people are fighting the fire.',
      advice: 'Households downwind: follow the wardens. Keep away from the fire and give way to rescue vehicles.',
    },
  }
  Object.assign(wrong.parts, { 'mn-Mong-CN': mongolian, en: english })
  const corrected = await createRelease(ctx, drafter, wrong)
  await publishAs(ctx, people, 'league', corrected.id)
  await goOut(place)
  for (const c of channels.slice(0, 2))
    await recordCarried(ctx, drafter, corrected.id, { channelId: c.id, link: 'https://tv.example/1', note: '滚动字幕' })
  await beginCorrection(ctx, drafter, corrected.id, { type: 'correction' })
  for (const part of Object.values(wrong.parts)) if (part) part.changeNote = '联系电话有误，以本版为准。'
  wrong.core.contacts = [{ label: '值班电话', phone: '0482-1234568', audience: 'public' }]
  await saveDraft(ctx, drafter, corrected.id, wrong, null)
  await publishAs(ctx, people, 'league', corrected.id)
  await goOut(place)
  await recordCarried(ctx, drafter, corrected.id, { channelId: channels[1]?.id })

  const drill = await createRelease(
    ctx,
    drafter,
    notice('【演练】草原火灾避险提示（示例）', '这是演练。', { mode: 'exercise' }),
  )
  await publishAs(ctx, people, 'league', drill.id)
  const plain = await createRelease(
    ctx,
    drafter,
    notice('道路施工公告（示例）', '请绕行国道331线。', { outlets: ['website'] }),
  )
  await publishAs(ctx, people, 'league', plain.id)
  await goOut(place)

  const { db } = ctx.store
  const state = await db.selectFrom('release').select('number').where('id', '=', corrected.id).executeTakeFirstOrThrow()
  const carried = await repost(ctx, people.actors.banner.drafter, state.number)
  await publishAs(ctx, people, 'banner', carried.id)
  await beginCorrection(ctx, drafter, corrected.id, { type: 'correction' })
  for (const part of Object.values(wrong.parts)) if (part) part.changeNote = '封闭路段有误。'
  for (const part of Object.values(wrong.parts))
    if (part?.blocks?.facts) part.blocks.facts = part.blocks.facts.replace('41', '35')
  await saveDraft(ctx, drafter, corrected.id, wrong, null)
  await publishAs(ctx, people, 'league', corrected.id)
  await goOut(place)

  const asked = (await rollOf(ctx, drafter, corrected.id)).asked
  const [first, second, third] = asked
  await acknowledge(ctx, acknowledgeToken(ctx.keys.secret, first?.id as number))
  await recordAcknowledgement(ctx, drafter, corrected.id, second?.id as number, { note: '已电话告知' })
  const exerciseAsked = (await rollOf(ctx, drafter, drill.id)).asked[0]
  const path = (id: number | undefined) => acknowledgePath(ctx.keys.secret, id as number)

  const site = await served(ctx)
  return {
    place,
    people,
    app: site.app,
    origin: site.origin,
    numbers: { corrected: corrected.number, exercise: drill.number, carried: carried.number, plain: plain.number },
    links: { open: path(third?.id), signed: path(first?.id), exercise: path(exerciseAsked?.id) },
    async close() {
      await site.close()
      await place.close()
    },
  }
}
