/** Clocks of the ladder of reports inside government, and of what is destroyed once an incident is over. */
import type { ClockRule } from './rule.ts'

const base = { meets: ['upward-report', 'by-hand'], fromKnown: true, role: 'signer', tellAt: [0.5, 0.8] } as const

/** Each level reports within so long of what it was told; which steps bind an office its own level says, so most begin by decision. */
export const upwardRules: readonly ClockRule[] = [
  {
    ...base,
    id: 'upward-unit',
    version: '生产安全事故报告条例-9',
    from: '2007-06-01',
    source: [
      '生产安全事故报告和调查处理条例第九条：单位负责人接报后1小时内报告',
      'Work Accident Reporting Regulation, art. 9: the unit within 1 hour',
    ],
    confidence: 'V1',
    starts: ['by-hand'],
    length: { hours: 1 },
  },
  {
    ...base,
    id: 'upward-level',
    version: '生产安全事故报告条例-11',
    from: '2007-06-01',
    source: [
      '生产安全事故报告和调查处理条例第十一条：逐级上报，每级不超过2小时',
      'Work Accident Reporting Regulation, art. 11: each level within 2 hours',
    ],
    confidence: 'V1',
    starts: ['incident-known', 'by-hand'],
    classes: ['accident'],
    length: { hours: 2 },
  },
  {
    ...base,
    id: 'upward-health',
    version: '突发公共卫生事件应急条例-20',
    from: '2003-05-09',
    source: [
      '突发公共卫生事件应急条例第二十条：机构、县、市各级2小时内报告',
      'Public Health Emergencies Regulation, art. 20: institution, county and city each within 2 hours',
    ],
    confidence: 'V1',
    starts: ['incident-known', 'by-hand'],
    classes: ['health'],
    length: { hours: 2 },
  },
  {
    ...base,
    id: 'upward-health-region',
    version: '突发公共卫生事件应急条例-19',
    from: '2003-05-09',
    source: [
      '突发公共卫生事件应急条例第十九条：省级政府接报后1小时内报告',
      'Public Health Emergencies Regulation, art. 19: the province within 1 hour',
    ],
    confidence: 'V1',
    starts: ['by-hand'],
    length: { hours: 1 },
  },
  {
    ...base,
    id: 'upward-state',
    version: '国家总体应急预案（2006）',
    from: '2006-01-08',
    source: [
      '国家突发公共事件总体应急预案（2006）：特别重大、重大事件报国务院不超过4小时',
      'National plan of 2006: the gravest two grades to the State Council within 4 hours',
    ],
    confidence: 'V2',
    starts: ['by-hand'],
    length: { hours: 4 },
  },
  {
    id: 'personal-data',
    version: '突发事件应对法-2024-83',
    from: '2024-11-01',
    source: [
      '突发事件应对法（2024）第八十三至八十五条：个人信息用后销毁（30日为本系统规定）',
      'Emergency Response Law 2024, arts. 83–85: personal data is destroyed afterwards (30 days are our own rule)',
    ],
    confidence: 'D',
    starts: ['incident-closed'],
    meets: ['personal-destroyed'],
    length: { hours: 720 },
    role: 'signer',
    tellAt: [0.5, 0.8],
  },
]

/** Rules a report that went up may meet. */
export const UPWARD_RULES: readonly string[] = upwardRules
  .filter((r) => r.meets.includes('upward-report'))
  .map((r) => r.id)
