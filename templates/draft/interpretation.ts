/** 政策解读: explains a policy document and is published with it (国办发〔2016〕80号). */
import type { KindData } from './kind.ts'

export const interpretation: KindData = {
  name: ['政策解读', 'Policy interpretation'],
  blocks: [],
  requiredBlocks: [],
  bodyRequired: true,
  requiredCore: [],
  lanes: ['routine'],
  capAllowed: false,
  capRequired: false,
  checks: ['interprets'],
  start: {
    'zh-CN': {
      title: '《【文件名称】》解读',
      body: '<h2>一、出台背景</h2><p>【背景】</p><h2>二、主要内容</h2><p>【内容】</p><h2>三、对群众有什么影响</h2><p>【影响】</p>',
    },
    en: {
      title: 'What “【document】” means',
      body: '<h2>Why</h2><p>【background】</p><h2>What it says</h2><p>【contents】</p><h2>What changes for you</h2><p>【effect】</p>',
    },
  },
}
