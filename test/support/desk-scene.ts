/** A working day at a sample office: releases in every state, for looking at the desk and measuring it. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { outlets } from '../../channels/index.ts'
import { insertSubscriber, putTopic } from '../../src/audience/store.ts'
import type { Registry } from '../../src/context.ts'
import type { Channel, ChannelDeps, Outcome } from '../../src/delivery/channel.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { type ReleaseRow, releaseByNumber } from '../../src/desk/store.ts'
import { openIncident } from '../../src/incident/open.ts'
import { HOUR, plus } from '../../src/lib/clock.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { publishDue } from '../../src/publication/due.ts'
import { decideAndPublish } from '../../src/publication/sign-and-publish.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import type { Actor } from '../../src/staff/member.ts'
import { addDuty } from '../../src/staff/roster.ts'
import { updateMember } from '../../src/staff/store.ts'
import { noteOutboxFile } from '../../src/store/outbox.ts'
import { startWork } from '../../src/work.ts'
import { type Office, office, type Workplace, workplace } from './office.ts'
import { CLEAR, fireDraft, policyDraft } from './sample.ts'
import { served } from './served.ts'

const SUBSCRIBERS = 240

/** Mail of which some is taken, some put off, some refused: what a screen has to show. */
const outcomes: Outcome[] = [
  ...Array.from({ length: 20 }, (): Outcome => ({ state: 'accepted' })),
  { state: 'never', why: '550 5.1.1 no such mailbox' },
  { state: 'gone', why: '550 5.1.1 mailbox closed' },
]
const sceneRegistry: Registry = () => ({
  channels: (['website', 'feeds', 'email', 'webpush'] as const).map(
    (name): Channel => ({
      name,
      audience: name === 'website' || name === 'feeds' ? 'everyone' : 'subscribers',
      ...(name === 'email' || name === 'webpush' ? { serves: name } : {}),
      ready: () => null,
      variants: () => ['all'],
      prepare: async () => null,
      send: async (_p, targets) =>
        targets.map((t) =>
          name === 'email'
            ? (outcomes[t.subscriberId % outcomes.length] as Outcome)
            : name === 'webpush'
              ? { state: 'suppressed', why: 'no outlet' }
              : { state: 'accepted' },
        ),
    }),
  ),
  notReady: { webpush: 'VAPID_SUBJECT is not set' },
})

export type Scene = {
  place: Workplace
  people: Office
  origin: string
  /** Number of a release by what it is here for. */
  numbers: Record<
    | 'review'
    | 'confidentiality'
    | 'sign'
    | 'flash'
    | 'returned'
    | 'published'
    | 'corrected'
    | 'held'
    | 'sealed'
    | 'draft',
    string
  >
  close(): Promise<void>
}

const NAMES: Record<string, string> = {
  drafter: '拟稿员甲（示例）',
  drafter2: '拟稿员乙（示例）',
  reviewer: '审核员甲（示例）',
  reviewer2: '审核员乙（示例）',
  confidentiality: '保密员甲（示例）',
  signer: '签发人甲（示例）',
  signer2: '签发人乙（示例）',
  admin: '管理员甲（示例）',
  auditor: '审计员甲（示例）',
}

export async function deskScene(): Promise<Scene> {
  const place = await workplace({}, { registry: sceneRegistry })
  const { ctx, clock } = place
  Object.assign(ctx.config.site, {
    nameZh: '青格勒盟新闻发布（示例）',
    nameEn: 'Qinggele League Press (sample)',
    mark: '示例',
  })
  const keys = Object.keys(NAMES)
  const people = await office(ctx, { logins: keys.map((k) => `league-${k}`) })
  for (const [key, name] of Object.entries(NAMES)) await updateMember(ctx.store.db, `league-${key}`, { name })
  for (const [slug, zh, en] of [
    ['fire', '火灾', 'Fire'],
    ['weather', '气象', 'Weather'],
    ['farming', '农牧业', 'Farming'],
    ['policy', '政策', 'Policy'],
  ] as const)
    await putTopic(ctx.store.db, { slug, name_zh: zh, name_en: en, position: 1 })
  for (const key of ['signer', 'signer2'])
    await updateMember(ctx.store.db, `region-${key}`, { name: `上级${NAMES[key]}` })
  await subscribers(place)
  const numbers = await releases(place, people)
  for (const [key, backup] of [
    ['signer', false],
    ['signer2', true],
  ] as const)
    await addDuty(ctx, people.own.admin, {
      memberId: `league-${key}`,
      role: 'signer',
      backup,
      startsAt: clock.now(),
      endsAt: plus(clock.now(), 12 * HOUR),
    })
  await keptLetter(place, await idOf(place, numbers.published))
  const site = await served(ctx)
  return {
    place,
    people,
    origin: site.origin,
    numbers,
    async close() {
      await site.close()
      await place.close()
    },
  }
}

/** A letter as the e-mail outlet writes it where there is no server to take it. */
async function keptLetter({ ctx, clock }: Workplace, releaseId: string): Promise<void> {
  const name = 'sample.eml'
  await noteOutboxFile(ctx.store.db, { name, release_id: releaseId, at: clock.now() })
  const subject = Buffer.from('关于省道204线半幅施工的公告（示例）').toString('base64')
  const text = Buffer.from('自12月1日起，省道204线半幅施工。')
  const quoted = [...text].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
  const head = ['From: Press <press@ortoo.example>', 'To: reader@ortoo.example', `Subject: =?utf-8?B?${subject}?=`]
  const lines = [
    ...head,
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    quoted,
    '--b--',
  ]
  await mkdir(join(ctx.config.dataDir, 'outbox'), { recursive: true })
  await writeFile(join(ctx.config.dataDir, 'outbox', name), lines.join('\r\n'))
}

async function idOf({ ctx }: Workplace, number: string): Promise<string> {
  return (await releaseByNumber(ctx.store.db, number))?.id ?? ''
}

async function subscribers({ ctx, clock }: Workplace): Promise<void> {
  for (let i = 0; i < SUBSCRIBERS; i++)
    await insertSubscriber(ctx.store.db, {
      kind: i % 6 ? 'email' : 'webpush',
      address: `reader${i}@ortoo.example`,
      keys: null,
      token: String(i).padStart(32, 't'),
      state: 'active',
      mode: 'live',
      language: 'zh-CN',
      urgency: 'normal',
      frequency: 'at-once',
      all_topics: 1,
      all_areas: 1,
      created_at: clock.now(),
      confirmed_at: clock.now(),
      left_at: null,
    })
}

const notice = (
  title: string,
  body: string,
  over: Partial<ContentInput['core']> = {},
  en?: [title: string, body: string],
): ContentInput => ({
  core: { kind: 'notice', areas: ['159921'], topics: ['farming'], ...over },
  parts: {
    'zh-CN': { title, body, blocks: {} },
    ...(en ? { en: { title: en[0], body: en[1], blocks: {} } } : {}),
  },
  attachments: [],
})

async function releases(place: Workplace, { own }: Office): Promise<Scene['numbers']> {
  const { ctx, clock } = place
  const hash = async (id: string) => (await currentSubmission(ctx.store.db, id))?.revision_hash as string
  const decide = async (by: Actor, r: ReleaseRow, more: object = {}) =>
    decideAndPublish(ctx, by, r.id, { revisionHash: await hash(r.id), verdict: 'approve', ...more })
  const sent = async (draft: ContentInput) => {
    const r = await createRelease(ctx, own.drafter, draft)
    return submit(ctx, own.drafter, r.id, null)
  }
  const toSign = async (draft: ContentInput) => {
    const r = await sent(draft)
    await decide(own.reviewer, r)
    await decide(own.confidentiality, r, { confidentiality: CLEAR })
    return r
  }
  const road = '<p>自12月1日起，省道204线18—41公里半幅施工，预计2027年4月30日完工。</p><p>请过往车辆绕行国道331线。</p>'
  const published = await toSign(
    notice('关于省道204线半幅施工的公告（示例）', road, {}, [
      'Roadworks on provincial road 204 (sample)',
      '<p>From 1 December one lane of provincial road 204 is closed between km 18 and km 41, until 30 April 2027.</p><p>Please use national road 331.</p>',
    ]),
  )
  await decide(own.signer, published)
  const work = await startWork(ctx)
  for (let i = 0; i < 60; i++) {
    clock.advance(1000)
    await new Promise((r) => setTimeout(r, 25))
  }
  await work.stop()
  const incident = await openIncident(ctx, own.drafter, {
    titleZh: '哈日诺尔旗草原火灾（示例）',
    titleEn: 'Harinur grassland fire (sample)',
    class: 'natural',
    grade: 'major',
    areas: ['159921'],
    knownAt: plus(clock.now(), -2 * HOUR),
  })
  const flash = await sent(fireDraft(incident.id, clock.now()))
  const held = await toSign(
    notice('关于冬季供暖的公告（示例）', '<p>供暖期自10月15日起。</p>', { notBefore: plus(clock.now(), HOUR) }),
  )
  await decide(own.signer, held)
  clock.advance(2 * HOUR)
  await publishDue(ctx)
  const review = await sent(policyDraft({ documentNumber: '示政办字〔2026〕42号' }))
  const confidentiality = await sent(
    notice(
      '关于企业开办流程中商业秘密保护的公告（示例）',
      '<p>申请材料中涉及商业秘密的，请在封面注明。</p><p>咨询电话13800000000。</p>',
    ),
  )
  await decide(own.reviewer, confidentiality)
  const sign = await toSign(policyDraft({ documentNumber: '示政办字〔2026〕43号' }))
  const returned = await sent(notice('关于停水的公告（示例）', '<p>自12月1日起停水。</p>'))
  await decideAndPublish(ctx, own.reviewer, returned.id, {
    revisionHash: await hash(returned.id),
    verdict: 'return',
    opinion: '请写明停水的起止时间和影响的小区。',
  })
  const corrected = await toSign(notice('关于冬季供暖投诉电话的公告（示例）', '<p>投诉电话 0000-12340。</p>'))
  await decide(own.signer, corrected)
  const change = await beginCorrection(ctx, own.drafter, corrected.id, { type: 'correction' })
  const again = notice('关于冬季供暖投诉电话的公告（示例）', '<p>投诉电话 0000-12341。</p>')
  for (const part of Object.values(again.parts)) if (part) part.changeNote = '原文投诉电话有误，应为0000-12341。'
  await saveDraft(ctx, own.drafter, change.id, again, null)
  const draft = await createRelease(
    ctx,
    own.drafter,
    notice('关于【事项】的公告', '<p>联系人身份证号150102199001010013。</p>', {
      contacts: [{ label: '', phone: '12', audience: 'public' }],
    }),
  )
  const sealed = await createRelease(ctx, own.drafter, notice('一份误入的文稿（示例）', '<p>内容。</p>'))
  await quarantine(ctx, own.reviewer, sealed.id)
  return {
    review: review.number,
    confidentiality: confidentiality.number,
    sign: sign.number,
    flash: flash.number,
    returned: returned.number,
    published: published.number,
    corrected: corrected.number,
    held: held.number,
    sealed: sealed.number,
    draft: draft.number,
  }
}

/** The scene's outlets send nothing; what they would say comes from the real ones. */
export function realPreviews({ place: { ctx } }: Scene): void {
  const deps = {
    config: { publicUrl: ctx.config.publicUrl, site: ctx.config.site },
    log: ctx.log,
  } as unknown as ChannelDeps
  const real = outlets(deps).channels
  for (const [i, channel] of ctx.channels.entries()) {
    const preview = real.find((c) => c.name === channel.name)?.preview
    if (preview) ctx.channels[i] = { ...channel, preview }
  }
}
