/** Contents for the tests of checks and scanners. Place and bodies are invented (示例). */
import type { Content, Core, Part } from '../../src/desk/content.ts'
import type { CheckContext } from '../../src/review/checks.ts'

export const NOW = '2026-11-23T06:00:00.000Z'

export const context = (change: Partial<CheckContext> = {}): CheckContext => ({
  now: NOW,
  editionType: 'first',
  previous: null,
  documentNumberTaken: false,
  causeConfirmed: false,
  agencyAreas: ['159900'],
  exercise: false,
  incidentKnown: true,
  ...change,
})

const core = (change: Partial<Core>): Core => ({
  kind: 'notice',
  lane: 'routine',
  mode: 'live',
  agencyId: 'agency-1',
  areas: [],
  topics: [],
  outlets: ['website'],
  urgency: 'normal',
  contacts: [],
  ...change,
})

export const part = (change: Partial<Part> = {}): Part => ({
  title: '关于道路施工的公告',
  blocks: {},
  body: '<p>道路施工，请绕行。</p>',
  ...change,
})

export const notice = (zh: Partial<Part> = {}, coreChange: Partial<Core> = {}): Content => ({
  core: core(coreChange),
  parts: { 'zh-CN': part(zh) },
  attachments: [],
})

/** What stands ready in case it was false. */
export const FALSE_ALARM = {
  title: '误发更正',
  note: '此前发布的系误发。',
  wrong: '该信息系误发，情况没有发生。',
  advice: '请勿按该信息行动，也不要转发。',
}

/** A first report that nothing stands against. */
export const firstReport = (coreChange: Partial<Core> = {}, zh: Partial<Part> = {}): Content => ({
  core: core({
    kind: 'incident-notice',
    lane: 'flash',
    urgency: 'critical',
    incidentId: 'incident-1',
    areas: ['159921'],
    asOf: '2026-11-23T05:30:00.000Z',
    nextUpdateAt: '2026-11-23T09:00:00.000Z',
    contacts: [{ label: '应急值班室（示例）', phone: '0400-1234567', audience: 'public' }],
    ...coreChange,
  }),
  parts: {
    'zh-CN': {
      title: '哈日诺尔旗（示例）发生草原火灾，正在扑救',
      blocks: {
        whenWhere: '11月23日11时20分，哈日诺尔旗（示例）东部草原起火。',
        facts: '过火面积约20公顷，3人受轻伤，已送医。',
        actions: '旗消防救援队伍120人正在扑救。',
        advice: '请东部牧民向西撤离，不要靠近火场。',
      },
      body: '',
      falseAlarm: FALSE_ALARM,
      ...zh,
    },
  },
  attachments: [],
})

/** An orange warning that nothing stands against. */
export const warning = (coreChange: Partial<Core> = {}): Content => ({
  core: core({
    kind: 'warning',
    urgency: 'critical',
    areas: ['159921', '159922'],
    warningLevel: 'orange',
    expiresAt: '2026-11-24T06:00:00.000Z',
    contacts: [{ label: '气象台（示例）', phone: '12345', audience: 'public' }],
    cap: {
      actNow: true,
      category: 'Met',
      eventCode: '11B04',
      urgency: 'Expected',
      severity: 'Severe',
      certainty: 'Likely',
      onset: '2026-11-23T12:00:00.000Z',
    },
    ...coreChange,
  }),
  parts: {
    'zh-CN': {
      title: '青格勒盟（示例）发布暴雪橙色预警',
      blocks: { facts: '预计今晚有暴雪和大风。', advice: '请牧民将牲畜赶回棚圈，减少外出。' },
      body: '',
      falseAlarm: FALSE_ALARM,
    },
  },
  attachments: [],
})

/** The same content with one thing changed; the original is left alone. */
export function changed(content: Content, change: (copy: Content) => void): Content {
  const copy = structuredClone(content)
  change(copy)
  return copy
}
