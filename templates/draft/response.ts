/** 应急响应: started, adjusted or ended (突发事件应对法 2024 art. 71–72: matter, level, expected end, measures). */
import type { KindData } from './kind.ts'

export const response: KindData = {
  name: ['应急响应', 'Emergency response'],
  blocks: ['whenWhere', 'facts', 'actions', 'advice'],
  requiredBlocks: ['facts', 'actions'],
  bodyRequired: false,
  requiredCore: ['areas'],
  lanes: ['flash', 'routine'],
  flash: { urgencies: ['critical', 'important'] },
  capAllowed: true,
  capRequired: false,
  checks: ['until'],
  ending: {
    as: 'response-ended',
    start: {
      'zh-CN': {
        title: '【单位】终止【级别】【事项】应急响应',
        note: '本次应急响应已终止。',
        blocks: { facts: '【单位】决定自【时间】起终止【级别】【事项】应急响应。', actions: '【后续措施】。' },
      },
      en: {
        title: '【body】 ends the level 【level】 response to 【matter】',
        note: 'This response has ended.',
        blocks: {
          facts: 'From 【time】, 【body】 ends the level 【level】 response to 【matter】.',
          actions: '【what follows】.',
        },
      },
    },
  },
  start: {
    'zh-CN': {
      title: '【单位】启动【级别】【事项】应急响应',
      blocks: { facts: '【单位】决定自【时间】起启动【级别】【事项】应急响应。', actions: '【应急处置措施】。' },
    },
    en: {
      title: '【body】 starts level 【level】 response to 【matter】',
      blocks: {
        facts: 'From 【time】, 【body】 starts a level 【level】 response to 【matter】.',
        actions: '【measures】.',
      },
    },
  },
}
