/** What the sample site already holds when the story begins: releases of every kind, and some put right. */
import { DAY, HOUR, plus } from '../lib/clock.ts'
import { byHand } from './by-hand.ts'
import { monthDay, morning } from './days.ts'
import { type Content, type Desk, Refused, type Release } from './desk.ts'
import { PHONE } from './seed.ts'

type Made = { id: string; number: string; drafter: string; editions: number }
type Sample = (desk: Desk, now: string, made: Map<string, Made>) => Promise<void>

const contacts = [{ label: '值班电话', phone: PHONE, audience: 'public' }]
const part = (title: string, blocks: Record<string, string>, body = '') => ({ 'zh-CN': { title, blocks, body } })

/** Publishes one release and remembers it by a name of ours. */
function release(name: string, drafter: string, content: (now: string, made: Map<string, Made>) => unknown): Sample {
  return async (desk, now, made) => {
    const { id, number }: Release = await desk.publish(drafter, content(now, made))
    made.set(name, { id, number, drafter, editions: 1 })
  }
}

const notice = (body: string, area: string, topic: string, title: string, text: string): Sample =>
  release(title, `${body}-drafter`, () => ({
    core: { kind: 'notice', areas: [area], topics: [topic] },
    parts: part(title, {}, `<p>${text}</p><p>特此公告。</p>`),
  }))

const policy = (name: string, number: number, topic: string, title: string, text: string): Sample =>
  release(name, 'qinggele-drafter2', (now) => ({ core: official(now, number, topic), parts: letter(title, text) }))

const official = (now: string, number: number, topic: string) => ({
  kind: 'policy',
  areas: ['159900'],
  topics: ['policy', topic],
  documentNumber: `青署办发〔2026〕${number}号`,
  formedOn: plus(now, -3 * DAY).slice(0, 10),
})
const letter = (title: string, text: string) => ({
  'zh-CN': {
    ...part(title, {}, `<p>${text}</p>`)['zh-CN'],
    addressees: '各旗县人民政府：',
    signature: '青格勒盟行政公署办公室（示例）',
  },
})

/** Opens an incident and reports on it, in the lane of its urgency. */
function incident(
  name: string,
  title: string,
  of: { class: string; grade: string; area: string; topic: string },
  facts: string,
  more: object = {},
): Sample {
  return async (desk, now, made) => {
    const opened = await desk.as<{ id: string }>('qinggele-drafter', 'POST', '/incidents', {
      titleZh: `${title}（示例）`,
      class: of.class,
      grade: of.grade,
      areas: [of.area],
      knownAt: plus(now, -2 * HOUR),
    })
    await release(name, 'qinggele-drafter', () => ({
      core: {
        kind: 'incident-notice',
        incidentId: opened.id,
        areas: [of.area],
        topics: [of.topic],
        urgency: 'important',
        knownAt: plus(now, -2 * HOUR),
        asOf: now,
        nextUpdateAt: plus(now, 3 * HOUR),
        contacts,
        ...more,
      },
      parts: part(`${title}，正在处置`, {
        whenWhere: '今日上午，位置见影响地区。',
        facts,
        actions: '有关部门已到现场处置。',
        advice: '请留意后续通报，听从现场人员指引。',
      }),
    }))(desk, now, made)
    made.set(`${name}:incident`, { id: opened.id, number: '', drafter: '', editions: 0 })
  }
}

function putRight(name: string, type: string, change: (content: Content) => void): Sample {
  return async (desk, _now, made) => {
    const of = made.get(name)
    if (!of) throw new Refused(`${name} was not published`)
    await desk.change(of.drafter, of.id, type, change)
    of.editions++
  }
}
const zh = (content: Content) => content.parts['zh-CN'] as Record<string, unknown>

const warning = (level: string, title: string, facts: string, lane: string): Sample =>
  release(title, 'weather-drafter', (now) => ({
    core: {
      kind: 'warning',
      lane,
      areas: ['159900'],
      topics: ['weather'],
      urgency: 'important',
      warningLevel: level,
      expiresAt: plus(now, DAY),
      contacts,
      cap: {
        actNow: false,
        category: 'Met',
        eventCode: '11B03',
        urgency: 'Expected',
        severity: 'Moderate',
        certainty: 'Likely',
        onset: plus(now, HOUR),
        expires: plus(now, DAY),
      },
    },
    parts: part(title, { whenWhere: '未来一天，全盟。', facts, advice: '请减少外出，加固棚圈。' }),
  }))

/** In the order they are published; the first dozen show the most, in case there is no time for all. */
export const SAMPLES: readonly Sample[] = [
  policy(
    'feed',
    31,
    'farming',
    '关于规范牧区饲草储备补助发放工作的通知',
    '为规范补助发放，现将有关事项通知如下：补助资金直接发放到户。',
  ),
  release('conference', 'qinggele-drafter', (now) => ({
    core: {
      kind: 'press-conference',
      areas: ['159900'],
      topics: ['livelihood'],
      outlets: ['website', 'feeds', 'email', 'webpush', 'manual'],
      conference: { ...morning(now), place: '盟行署新闻发布厅（示例）' },
    },
    parts: part(
      '青格勒盟将召开冬季供暖工作新闻发布会',
      { whenWhere: `${monthDay(now, 3)}上午10时，盟行署新闻发布厅（示例）。` },
      '<p>主题：冬季供暖保障。</p><p>媒体报名请发邮件至 press@ortoo.example。</p>',
    ),
  })),
  release('feed-amended', 'qinggele-drafter2', (now, made) => ({
    core: {
      ...official(now, 34, 'farming'),
      relatesTo: [{ releaseId: made.get('feed')?.id, as: 'amends' }],
    },
    parts: letter('关于调整牧区饲草储备补助申请期限的通知', '申请期限延长至2026年12月31日，其他规定不变。'),
  })),
  release('on-display', 'harinuur-drafter', (now) => ({
    core: {
      kind: 'notice',
      areas: ['159921'],
      topics: ['farming'],
      displayUntil: plus(now, 7 * DAY),
    },
    parts: part('关于饲草储备补助拟发放对象的公示', {}, '<p>拟向12户牧户发放补助，现予公示，公示期7天。</p>'),
  })),
  release('feed-explained', 'qinggele-drafter2', (_now, made) => ({
    core: {
      kind: 'interpretation',
      areas: ['159900'],
      topics: ['policy', 'farming'],
      relatesTo: [{ releaseId: made.get('feed')?.id, as: 'interprets' }],
    },
    parts: part(
      '《关于规范牧区饲草储备补助发放工作的通知》解读',
      {},
      '<h2>一、谁能领</h2><p>从事畜牧业生产的牧户和合作社。</p><h2>二、怎么领</h2><p>补助资金直接发放到户。</p>',
    ),
  })),
  incident(
    'snow',
    '宝日胡硕旗白灾',
    { class: 'natural', grade: 'large', area: '159922', topic: 'weather' },
    '降雪持续，部分草场积雪较深，牲畜采食困难。',
  ),
  warning('yellow', '青格勒盟气象台发布大风黄色预警（示例）', '预计阵风可达8级，局地有沙尘。', 'routine'),
  notice(
    'transport',
    '159921',
    'traffic',
    '关于示例公路沙尘天气临时管制的公告',
    '因沙尘影响能见度，示例公路部分路段临时管制。',
  ),
  putRight('关于示例公路沙尘天气临时管制的公告', 'erratum', (c) =>
    Object.assign(zh(c), {
      body: '<p>因沙尘影响能见度，示例公路部分路段实行临时管制。</p><p>特此公告。</p>',
      changeNote: '调整一处用语。',
    }),
  ),
  release('rumour', 'harinuur-drafter', () => ({
    core: { kind: 'clarification', areas: ['159921'], topics: ['livelihood'] },
    parts: part('关于网传“自来水停供”的情况说明', {
      claim: '近日，社交平台出现“自来水停供”的说法，与事实不符。',
      facts: '经核实，供水正常。',
      actions: '有关部门已作说明。',
    }),
  })),
  incident(
    'mine',
    '乌兰图雅县一煤矿发生透水事故',
    { class: 'accident', grade: 'large', area: '159923', topic: 'safety' },
    '井下人员正在核实，救援已经展开。',
  ),
  release('response', 'emergency-drafter', (now) => ({
    core: {
      kind: 'response',
      areas: ['159922'],
      topics: ['weather'],
      urgency: 'important',
      expiresAt: plus(now, 2 * DAY),
    },
    parts: part('青格勒盟应急管理局启动低温雨雪冰冻灾害应急响应（示例）', {
      facts: '决定即日起启动应急响应。',
      actions: '调运饲草和取暖物资。',
    }),
  })),
  putRight('snow', 'correction', (c) =>
    Object.assign(zh(c), {
      blocks: { ...(zh(c)['blocks'] as object), facts: '降雪已经停止，部分草场积雪较深，牲畜采食困难。' },
      changeNote: '更正降雪情况。',
    }),
  ),
  notice('bayanuul', '159922200', 'livelihood', '关于巴彦乌拉苏木便民服务站开放时间的公告', '服务站周末照常开放。'),
  async (desk, _now, made) => {
    const of = made.get('关于巴彦乌拉苏木便民服务站开放时间的公告')
    if (of) await desk.as('borkhushuu-signer', 'POST', `/releases/${of.id}/takedown`, { ground: 'privacy' })
    if (of) of.editions++
  },
  incident(
    'brucella',
    '宝日胡硕旗布鲁氏菌病聚集性疫情',
    { class: 'health', grade: 'ordinary', area: '159922', topic: 'health' },
    '已发现数名从业人员感染，均在治疗。',
  ),
  incident(
    'sand',
    '示例高速公路因沙尘暴封闭',
    { class: 'natural', grade: 'ordinary', area: '159921', topic: 'traffic' },
    '路段双向封闭，滞留车辆正在引导。',
  ),
  release('sand-over', 'qinggele-drafter', (now, made) => ({
    core: {
      kind: 'incident-final',
      incidentId: made.get('sand:incident')?.id,
      areas: ['159921'],
      topics: ['traffic'],
      urgency: 'normal',
      asOf: now,
      contacts,
    },
    parts: part('示例高速公路封闭终报：恢复通行', { facts: '沙尘减弱，路段恢复通行。', actions: '交通部门加强巡查。' }),
  })),
  release('drill', 'qinggele-drafter', () => ({
    core: { kind: 'notice', mode: 'exercise', areas: ['159921'], topics: ['fire'] },
    parts: part('草原防火演练公告', {}, '<p>本公告用于演练。</p>'),
  })),
  policy('heating', 32, 'livelihood', '关于做好冬季供暖保障工作的通知', '供热单位应当按时供热，确保居民室内温度达标。'),
  policy('fireban', 33, 'fire', '关于加强冬春季草原防火工作的通知', '防火期内禁止野外用火，违者依法处理。'),
  notice('harinuur', '159921', 'farming', '关于开展牲畜检疫的公告', '请养殖户配合检疫人员工作。'),
  notice('borkhushuu', '159922', 'traffic', '关于冬季道路养护的公告', '养护期间请减速慢行。'),
  notice('ulaantuya', '159923', 'health', '关于流感疫苗接种的公告', '符合条件的居民可到卫生院接种。'),
  notice('qinggele', '159900', 'livelihood', '关于冬季供暖投诉渠道的公告', '供暖问题可向当地供热主管部门反映。'),
  warning('blue', '青格勒盟气象台发布寒潮蓝色预警（示例）', '气温明显下降，局地有降雪。', 'routine'),
  notice('health', '159900', 'health', '关于冬季呼吸道疾病防护的公告', '请注意通风，身体不适及时就诊。'),
]

/**
 * Publishes as many samples as fit into `budgetMs`, a few at a time so that the site keeps up.
 * @returns how many editions there were and how long they took
 */
export async function publishSamples(
  desk: Desk,
  clock: { now(): string; ticks(): number },
  budgetMs: number,
  step: (n: number) => void,
) {
  const began = clock.ticks()
  const made = new Map<string, Made>()
  await byHand(desk)
  let done = 0
  for (const sample of SAMPLES) {
    if (clock.ticks() - began > budgetMs) break
    await sample(desk, clock.now(), made)
    step(++done)
    if (done % 4 === 0) await out(desk, made)
  }
  await out(desk, made)
  return { editions: done, ms: Math.round(clock.ticks() - began), all: done === SAMPLES.length }
}

/** Waits until everything published so far is out over every outlet. */
async function out(desk: Desk, made: Map<string, Made>): Promise<void> {
  for (const { id, editions, drafter } of made.values()) if (editions) await desk.settled(drafter, id, editions)
}
