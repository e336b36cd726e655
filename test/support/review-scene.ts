/** An office in the middle of reviewing: comments, two languages, proofs, a flash that waits, somebody away, a limited draft. */
import { sweepClocks } from '../../src/delivery/sweep.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { limitReaders } from '../../src/desk/read-log.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { openIncident } from '../../src/incident/open.ts'
import { DAY, HOUR, MINUTE, plus } from '../../src/lib/clock.ts'
import { addComment, answerComment } from '../../src/review/comment.ts'
import { decide } from '../../src/review/decide.ts'
import { keepOfficials } from '../../src/review/keep-officials.ts'
import { recordCall } from '../../src/review/record-call.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { enterAbsence } from '../../src/staff/absence.ts'
import { DEFAULT_CHAINS, withProofs } from '../../src/staff/chain.ts'
import { addDuty } from '../../src/staff/roster.ts'
import { updateAgency, updateMember } from '../../src/staff/store.ts'
import { type Office, office, type Workplace, workplace } from './office.ts'
import { fireDraft } from './sample.ts'
import { served } from './served.ts'

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
/** Who comes to the desk here; each login is hashed, which takes its time. */
const LOGINS = ['drafter', 'reviewer2', 'confidentiality', 'signer2', 'admin', 'auditor']
const OFFICIALS = `姓名,职务,任职日期,离任日期
巴示例,盟委书记,2024-03-01,
李示例甲,盟长,2025-07-01,
王示例乙,盟长,2021-01-01,2025-06-30
`

const bodyOf = (sum: string, town: string) =>
  `<p>盟长王示例乙主持召开会议，研究牧区饲草储备工作。会议决定对${town}养殖户每亩补助${sum}元，于2026年12月31日前发放到户。</p><p>咨询电话见附表，逾期不再受理。申请材料中涉及商业秘密的请注明。</p>`
const notice = (sum: string, town = '哈日诺尔旗'): ContentInput => ({
  core: { kind: 'notice', areas: ['159921'], topics: ['farming'] },
  parts: {
    'zh-CN': { title: '关于牧区饲草储备补助的公告（示例）', body: bodyOf(sum, town), blocks: {} },
    en: {
      title: 'Subsidy for stored fodder (sample)',
      body: `<p>Herders in Harinur Banner receive ${sum} yuan per mu by 31 December 2026.</p>`,
      blocks: {},
    },
  },
  attachments: [],
})

/** Three hundred characters with its title: as long as a first word may be to be read on a phone at once. */
const FIRE = {
  title: '哈日诺尔旗北部发生草原火灾（示例）',
  blocks: {
    whenWhere: '11月23日13时许，哈日诺尔旗北部宝力格草场发生草原火灾，火线长约三公里，风力五级。',
    facts:
      '过火面积正在核实，暂无人员伤亡报告。附近两个嘎查的四十六户牧民和一千二百头牲畜正在向南转移，道路畅通，接收点已备好饮水、食物和御寒衣物。起火原因正在调查，相关路段已实行临时管制，请过往车辆绕行国道。',
    actions:
      '旗森林草原消防队、边防官兵和牧民扑火队共二百四十人已到现场，盟里增派的六十人和四台水车正在途中，预计两小时内到达，气象部门正在做现场预报。',
    advice: '下风向居民听从转移安排，带好证件和药品。\n\n不要前往火场围观，不要用火。\n\n发现人员被困请立即拨打电话。',
  },
}

export type ReviewScene = Awaited<ReturnType<typeof reviewScene>>

export async function reviewScene() {
  const place = await workplace({ sweepMs: { flash: 1e9, routine: 1e9 } } as never)
  const { ctx } = place
  Object.assign(ctx.config.site, {
    nameZh: '青格勒盟新闻发布（示例）',
    nameEn: 'Qinggele League Press (sample)',
    mark: '示例',
  })
  const people = await office(ctx, { logins: LOGINS.map((k) => `league-${k}`) })
  for (const [key, name] of Object.entries(NAMES)) await updateMember(ctx.store.db, `league-${key}`, { name })
  for (const key of ['signer', 'signer2'])
    await updateMember(ctx.store.db, `region-${key}`, { name: `上级${NAMES[key]}` })
  await updateMember(ctx.store.db, 'league-reviewer', { languages: '["zh-CN"]' })
  await keepOfficials(ctx, people.own.admin, 'league', { csv: OFFICIALS })
  const numbers = await releases(place, people)
  const site = await served(ctx)
  return {
    place,
    people,
    numbers,
    origin: site.origin,
    async close() {
      await site.close()
      await place.close()
    },
  }
}

async function releases(place: Workplace, { own, actors }: Office) {
  const { ctx, clock } = place
  const hash = async (id: string) => (await currentSubmission(ctx.store.db, id))!.revision_hash
  const sent = async (draft: ContentInput) => {
    const r = await createRelease(ctx, own.drafter, draft)
    await submit(ctx, own.drafter, r.id, null)
    return r
  }
  const comment = async (id: string, quote: string, body: string) =>
    addComment(ctx, own.reviewer, id, { revisionHash: await hash(id), quote, body })
  const verdict = async (by: (typeof own)['reviewer'], id: string, more: object) =>
    decide(ctx, by, id, { revisionHash: await hash(id), verdict: 'approve', ...more })

  // Returned with comments, one answered, changed and sent again.
  const review = await sent(notice('50'))
  const sum = await comment(review.id, '每亩补助50元', '与附表不一致，附表是60元，请核对。')
  await comment(review.id, '逾期不再受理', '语气偏硬，建议改为“逾期可到旗里补办”。')
  const returned = await sent(notice('40'))
  await comment(returned.id, '2026年12月31日前', '财政局答复是11月30日前。')
  for (const r of [review, returned])
    await decide(ctx, own.reviewer, r.id, {
      revisionHash: await hash(r.id),
      verdict: 'return',
      opinion: '请按批注核对。',
    })
  clock.advance(HOUR)
  await answerComment(ctx, own.drafter, review.id, sum, { body: '已按附表改为60元。' })
  await saveDraft(ctx, own.drafter, review.id, notice('60', '哈日诺尔旗、宝日胡硕旗'), null)
  await updateAgency(ctx.store.db, 'league', {
    chains: JSON.stringify({ ...DEFAULT_CHAINS, routine: withProofs(DEFAULT_CHAINS.routine, 1) }),
  })
  // A third reader, so that a proof and two languages find their people.
  await updateMember(ctx.store.db, 'league-auditor', { roles: '["auditor"]' })
  await updateMember(ctx.store.db, 'league-drafter2', { roles: '["drafter","reviewer"]' })
  await submit(ctx, own.drafter, review.id, null)
  await updateMember(ctx.store.db, 'league-drafter2', { roles: '["drafter"]' })
  await verdict({ ...own.reviewer, languages: ['zh-CN'] }, review.id, {})

  await updateAgency(ctx.store.db, 'league', { chains: JSON.stringify(DEFAULT_CHAINS) })
  const confidentiality = await sent(notice('70'))
  await verdict(own.reviewer2, confidentiality.id, {})

  for (const [key, backup] of [
    ['signer', false],
    ['signer2', true],
  ] as const)
    await addDuty(ctx, own.admin, {
      memberId: `league-${key}`,
      role: 'signer',
      backup,
      startsAt: clock.now(),
      endsAt: plus(clock.now(), 12 * HOUR),
    })
  const incident = await openIncident(ctx, own.drafter, {
    titleZh: '哈日诺尔旗草原火灾（示例）',
    titleEn: 'Harinur grassland fire (sample)',
    class: 'natural',
    areas: ['159921'],
    knownAt: plus(clock.now(), -HOUR),
  })
  const fire = fireDraft(incident.id, clock.now())
  Object.assign(fire.parts['zh-CN']!, FIRE)
  const flash = await sent(fire)
  await sweepClocks(ctx)
  clock.advance(11 * MINUTE)
  await sweepClocks(ctx)
  await recordCall(ctx, own.drafter, flash.id, { memberId: 'league-signer' })
  await enterAbsence(ctx, actors.league.reviewer, {
    delegateId: 'league-reviewer2',
    startsAt: clock.now(),
    endsAt: plus(clock.now(), 3 * DAY),
  })
  const limited = await createRelease(ctx, own.drafter, notice('90'))
  await limitReaders(ctx, own.drafter, limited.id, { limited: true, readers: ['league-drafter2'] })
  return {
    review: review.number,
    returned: returned.number,
    confidentiality: confidentiality.number,
    flash: flash.number,
    limited: limited.number,
  }
}
