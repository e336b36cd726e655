/** 公告、通告、公示: ordinary notices to the public. */
import type { KindData } from './kind.ts'

export const notice: KindData = {
  name: ['公告、通告、公示', 'Public notice'],
  blocks: [],
  requiredBlocks: [],
  bodyRequired: true,
  requiredCore: [],
  lanes: ['routine'],
  capAllowed: false,
  capRequired: false,
  checks: [],
  start: {
    'zh-CN': { title: '关于【事项】的公告', body: '<p>【内容】</p><p>特此公告。</p>' },
    en: { title: 'Public notice: 【matter】', body: '<p>【text】</p>' },
  },
}
