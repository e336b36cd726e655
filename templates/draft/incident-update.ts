/** 续报: what has changed since the last report on an incident. */
import type { KindData } from './kind.ts'

export const incidentUpdate: KindData = {
  name: ['突发事件续报', 'Incident: update'],
  blocks: ['whenWhere', 'facts', 'actions', 'cause', 'advice'],
  requiredBlocks: ['facts', 'actions'],
  bodyRequired: false,
  requiredCore: ['areas', 'asOf', 'nextUpdateAt'],
  lanes: ['flash', 'routine'],
  flash: { urgencies: ['critical', 'important'] },
  capAllowed: true,
  capRequired: false,
  checks: ['cause-lock', 'incident', 'hotline'],
  start: {
    'zh-CN': {
      title: '【地点】【事件】续报：【最新进展】',
      blocks: { facts: '截至【时间】，【已核实的情况】。', actions: '【单位】已【采取的措施】。' },
    },
    en: {
      title: '【event】 in 【place】: update, 【latest】',
      blocks: { facts: 'As of 【time】: 【what has been verified】.', actions: '【body】 has 【what is being done】.' },
    },
  },
}
