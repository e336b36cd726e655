/** What a drafter in a test writes: complete enough to go out. */
import type { ContentInput } from '../../src/desk/draft.ts'
import { HOUR, plus } from '../../src/lib/clock.ts'

export const policyDraft = (
  over: Partial<ContentInput['core']> = {},
  body = '<p>为做好牧区饲草储备工作，现就有关事项通知如下。</p>',
): ContentInput => ({
  core: {
    kind: 'policy',
    areas: ['159900'],
    topics: ['policy'],
    documentNumber: '示政办字〔2026〕41号',
    formedOn: '2026-11-20',
    ...over,
  },
  parts: {
    'zh-CN': {
      title: '关于做好牧区饲草储备工作的通知',
      summary: '补助对象、标准与办理地点。',
      addressees: '各旗人民政府：',
      body,
      signature: '青格勒盟（示例）办公室',
      blocks: {},
    },
  },
  attachments: [],
})

export const fireDraft = (incidentId: string, now: string, over: Partial<ContentInput['core']> = {}): ContentInput => ({
  core: {
    kind: 'incident-notice',
    lane: 'flash',
    incidentId,
    areas: ['159921'],
    topics: ['fire'],
    urgency: 'critical',
    knownAt: now,
    asOf: now,
    nextUpdateAt: new Date(Date.parse(now) + 2 * 3_600_000).toISOString(),
    contacts: [{ label: '值班电话', phone: '0479-0000000', audience: 'public' }],
    cap: {
      actNow: true,
      category: 'Fire',
      eventCode: '11G05',
      urgency: 'Immediate',
      severity: 'Severe',
      certainty: 'Observed',
      expires: new Date(Date.parse(now) + 12 * 3_600_000).toISOString(),
    },
    ...over,
  },
  parts: {
    'zh-CN': {
      title: '哈日诺尔旗草原火灾',
      blocks: {
        whenWhere: '哈日诺尔旗北部草场',
        facts: '发生草原火灾，正在核实面积。',
        actions: '扑火队伍已赶到现场。',
        advice: '下风向居民听从转移安排。\n\n不要前往火场围观。',
      },
      body: '',
    },
  },
  attachments: [],
})

export const CLEAR = {
  checks: Object.fromEntries(
    [
      'state-secret',
      'work-secret',
      'trade-secret',
      'privacy',
      'security-stability',
      'aggregation',
      'copyright-source',
      'wording',
    ].map((c) => [c, { result: 'clear' as const, note: '' }]),
  ),
  disclosure: 'proactive' as const,
  verdict: 'publish' as const,
  carrier: 'official' as const,
}

/** An orange warning of fire in the grassland, good for six hours from `now`. */
export const fireWarning = (
  now: string,
  over: Partial<ContentInput['core']> = {},
  parts: ContentInput['parts'] = {},
): ContentInput => ({
  core: {
    kind: 'warning',
    areas: ['159921'],
    topics: ['fire'],
    urgency: 'critical',
    warningLevel: 'orange',
    expiresAt: plus(now, 6 * HOUR),
    contacts: [{ label: '值班电话', phone: '0479-0000000', audience: 'public' }],
    cap: {
      actNow: true,
      category: 'Fire',
      eventCode: '11G05',
      urgency: 'Expected',
      severity: 'Severe',
      certainty: 'Likely',
      onset: now,
    },
    ...over,
  },
  parts: {
    'zh-CN': {
      title: '青格勒盟发布草原火险橙色预警',
      blocks: { facts: '草原火险等级高。', advice: '请勿野外用火。' },
      body: '',
    },
    ...parts,
  },
  attachments: [],
})
