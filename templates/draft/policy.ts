/** 政策文件: an official document in the shape of GB/T 9704-2012. */
import type { KindData } from './kind.ts'

export const policy: KindData = {
  name: ['政策文件', 'Policy document'],
  blocks: [],
  requiredBlocks: [],
  bodyRequired: true,
  requiredCore: ['formedOn'],
  lanes: ['routine'],
  capAllowed: false,
  capRequired: false,
  checks: ['document-number'],
  start: {
    'zh-CN': {
      title: '【单位】关于【事项】的通知',
      body: '<p>【缘由】，现将有关事项通知如下。</p><h2>一、【标题】</h2><p>【内容】</p>',
    },
    en: { title: 'Notice of 【body】 on 【matter】', body: '<p>【reason】</p><h2>1. 【heading】</h2><p>【text】</p>' },
  },
}
