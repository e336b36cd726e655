/** 澄清: sets a false or incomplete claim right (政府信息公开条例 2019 art. 6; 突发事件应对法 2024 art. 7). */
import type { KindData } from './kind.ts'

export const clarification: KindData = {
  name: ['澄清说明', 'Clarification'],
  blocks: ['facts', 'actions', 'advice'],
  requiredBlocks: ['facts'],
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
      blocks: { facts: '近日，【平台】出现【说法】。经核实，【事实】。', actions: '【已采取的措施】。' },
    },
    en: {
      title: 'The facts about 【claim】',
      blocks: {
        facts: '【where】 has carried the claim that 【claim】. It was checked: 【facts】.',
        actions: '【what was done】.',
      },
    },
  },
}
