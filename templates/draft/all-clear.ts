/**
 * 险情解除: the danger of an incident is over. Its own act with its own signature: neither 解除预警 (an edition of the warning) nor
 * 终止响应 (an edition of the response), and never said of a false alarm or of what has merely expired.
 */
import type { KindData } from './kind.ts'

export const allClear: KindData = {
  name: ['险情解除', 'All-clear'],
  blocks: ['whenWhere', 'facts', 'actions', 'advice'],
  requiredBlocks: ['facts', 'advice'],
  bodyRequired: false,
  requiredCore: ['areas', 'asOf', 'contacts'],
  lanes: ['flash', 'routine'],
  flash: { urgencies: ['critical', 'important'] },
  // An alert's own Cancel is the edition that lifts it; an all-clear beside it would be a second thing.
  capAllowed: false,
  capRequired: false,
  checks: ['incident', 'hotline'],
  noFalseAlarm: true,
  start: {
    'zh-CN': {
      title: '【地点】【险情】已解除',
      blocks: {
        facts: '截至【时间】，经【单位】核实，【险情】已解除：【依据】。',
        advice: '【地点】群众可以【怎么做】。仍需注意【事项】。',
      },
    },
    en: {
      title: '【danger】 in 【place】 is over',
      blocks: {
        facts: 'As of 【time】, 【body】 has confirmed that 【danger】 is over: 【grounds】.',
        advice: 'People in 【place】 may 【what to do】. Still take care of 【matter】.',
      },
    },
  },
}
