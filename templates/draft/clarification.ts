/** 澄清: sets a false or incomplete claim right (政府信息公开条例 2019 art. 6; 突发事件应对法 2024 art. 7). */
import type { KindData } from './kind.ts'

export const clarification: KindData = {
  name: ['澄清说明', 'Clarification'],
  blocks: ['claim', 'facts', 'actions', 'advice'],
  requiredBlocks: ['claim', 'facts'],
  bodyRequired: false,
  requiredCore: [],
  lanes: ['flash', 'routine'],
  flash: { urgencies: ['critical', 'important'] },
  capAllowed: false,
  capRequired: false,
  checks: ['clarifies'],
  start: {
    'zh-CN': {
      title: '关于【传言】的情况说明',
      blocks: {
        claim: '近日，【哪类平台】出现“【不实说法】”的说法，与事实不符。',
        facts: '经核实，【事实】。',
        actions: '【已采取的措施】。',
      },
    },
    en: {
      title: 'The facts about 【claim】',
      blocks: {
        claim: '【where】 has carried the claim that 【claim】. It is not true.',
        facts: 'It was checked: 【facts】.',
        actions: '【what was done】.',
      },
    },
  },
}
