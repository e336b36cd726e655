/** 首报: the first word on an incident. Facts first, no cause. */
import type { KindData } from './kind.ts'

export const incidentNotice: KindData = {
  name: ['突发事件首报', 'Incident: first report'],
  blocks: ['whenWhere', 'facts', 'actions', 'cause', 'advice'],
  requiredBlocks: ['whenWhere', 'facts', 'actions', 'advice'],
  bodyRequired: false,
  requiredCore: ['areas', 'asOf', 'nextUpdateAt'],
  lanes: ['flash', 'routine'],
  flash: { urgencies: ['critical', 'important'] },
  capAllowed: true,
  capRequired: false,
  checks: ['cause-lock', 'incident', 'hotline'],
  start: {
    'zh-CN': {
      title: '【地点】发生【事件】，【单位】正在处置',
      blocks: {
        whenWhere: '【时间】，【地点】发生【事件】。',
        facts: '截至【时间】，【已核实的情况】。',
        actions: '【单位】已【采取的措施】。',
        advice: '请【地点】群众【怎么做】。',
      },
    },
    en: {
      title: '【event】 in 【place】: 【body】 is responding',
      blocks: {
        whenWhere: 'At 【time】, 【event】 occurred in 【place】.',
        facts: 'As of 【time】: 【what has been verified】.',
        actions: '【body】 has 【what is being done】.',
        advice: 'People in 【place】 should 【what to do】.',
      },
    },
  },
}
