/** Clocks of an incident: first information, press conference, answers to other public concern, the next report that was promised. */
import type { ClockRule } from './rule.ts'

const GRAVE = ['extraordinary', 'major'] as const

export const incidentRules: readonly ClockRule[] = [
  {
    id: 'first-information',
    version: '国办发〔2016〕80号',
    from: '2016-11-10',
    source: ['国办发〔2016〕80号：特别重大、重大突发事件5小时内发布权威信息', 'State Council Office 2016 no. 80'],
    confidence: 'V2',
    starts: ['incident-known', 'by-hand'],
    grades: GRAVE,
    meets: ['incident-edition'],
    length: { hours: 5 },
    role: 'signer',
    tellAt: [0.5, 0.8],
  },
  {
    id: 'press-conference',
    version: '国办发〔2016〕61号',
    from: '2016-07-30',
    source: ['国办发〔2016〕61号、80号：24小时内举行新闻发布会', 'State Council Office 2016 nos. 61 and 80'],
    confidence: 'V2',
    starts: ['incident-known', 'by-hand'],
    grades: GRAVE,
    meets: ['conference', 'by-hand'],
    length: { hours: 24 },
    role: 'signer',
    tellAt: [0.5, 0.8],
  },
  {
    id: 'opinion-response',
    version: '国办发〔2016〕61号',
    from: '2016-07-30',
    source: ['国办发〔2016〕61号：其他政务舆情48小时内回应', 'State Council Office 2016 no. 61'],
    confidence: 'V2',
    starts: ['opinion', 'by-hand'],
    meets: ['incident-edition', 'opinion-answered', 'by-hand'],
    length: { hours: 48 },
    role: 'signer',
    tellAt: [0.5, 0.8],
  },
  {
    id: 'next-update',
    version: '稿件所载',
    from: '2000-01-01',
    source: ['稿件所载“下次发布”时间', 'The time of the next update, as the release says'],
    confidence: 'D',
    starts: ['promise'],
    meets: ['incident-report'],
    length: { given: true },
    role: 'drafter',
    tellAt: [0.8],
  },
]
