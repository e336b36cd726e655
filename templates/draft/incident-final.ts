/** 终报: the last report on an incident. */
import type { KindData } from './kind.ts'

export const incidentFinal: KindData = {
  name: ['突发事件终报', 'Incident: final report'],
  blocks: ['whenWhere', 'facts', 'actions', 'cause', 'advice'],
  requiredBlocks: ['facts', 'actions'],
  bodyRequired: false,
  requiredCore: ['areas', 'asOf'],
  lanes: ['flash', 'routine'],
  flash: { urgencies: ['critical', 'important'] },
  capAllowed: true,
  capRequired: false,
  checks: ['cause-lock', 'incident'],
  start: {
    'zh-CN': {
      title: '【地点】【事件】终报：【处置结果】',
      blocks: { facts: '截至【时间】，【最终情况】。', actions: '【单位】已【完成的处置】。' },
    },
    en: {
      title: '【event】 in 【place】: final report, 【outcome】',
      blocks: { facts: 'As of 【time】: 【final facts】.', actions: '【body】 has 【what was done】.' },
    },
  },
}
