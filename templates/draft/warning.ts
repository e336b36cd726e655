/**
 * 预警, own or relayed. 突发事件应对法 2024 art. 64 names eight things: class (cap.category), level (warningLevel), start
 * (cap.onset), area (areas), what to look out for (facts), measures (advice), issuer (agencyId) and time of issue (the
 * server's clock); 内政办发〔2014〕113号 adds validity (expiresAt) and a public phone (contacts).
 */
import type { KindData } from './kind.ts'

export const warning: KindData = {
  name: ['预警', 'Warning'],
  blocks: ['whenWhere', 'facts', 'actions', 'advice'],
  requiredBlocks: ['facts', 'advice'],
  bodyRequired: false,
  requiredCore: ['warningLevel', 'areas', 'agencyId', 'cap', 'expiresAt', 'contacts'],
  lanes: ['flash', 'routine'],
  // 橙色 and above open the green channel; lower levels take the routine chain.
  flash: { urgencies: ['critical', 'important'], levels: ['red', 'orange'] },
  capAllowed: true,
  capRequired: true,
  checks: ['hotline'],
  ending: {
    as: 'lifted',
    start: {
      'zh-CN': {
        title: '【单位】解除【类别】【级别】预警',
        note: '本预警已解除：【解除理由】。',
        blocks: {
          facts: '【单位】于【时间】解除【类别】【级别】预警：【解除理由】。',
          advice: '【影响范围】群众【怎么做】。',
        },
      },
      en: {
        title: '【body】 lifts the 【level】 warning of 【hazard】',
        note: 'This warning has been lifted: 【reason】.',
        blocks: {
          facts: 'At 【time】, 【body】 lifted the 【level】 warning of 【hazard】: 【reason】.',
          advice: 'People in 【area】 should 【what to do】.',
        },
      },
    },
  },
  start: {
    'zh-CN': {
      title: '【单位】发布【类别】【级别】预警',
      blocks: {
        whenWhere: '预计【起始时间】至【结束时间】，【影响范围】。',
        facts: '【警示事项】。',
        advice: '请【影响范围】群众【怎么做】。',
      },
    },
    en: {
      title: '【level】 warning of 【hazard】 issued by 【body】',
      blocks: {
        whenWhere: 'From 【start】 to 【end】, 【area】.',
        facts: '【what to look out for】.',
        advice: 'People in 【area】 should 【what to do】.',
      },
    },
  },
}
