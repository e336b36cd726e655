/** 新闻发布会: announcement or record of a press conference. */
import type { KindData } from './kind.ts'

export const pressConference: KindData = {
  name: ['新闻发布会', 'Press conference'],
  blocks: ['whenWhere', 'facts'],
  requiredBlocks: ['whenWhere'],
  bodyRequired: true,
  requiredCore: [],
  lanes: ['routine'],
  capAllowed: false,
  capRequired: false,
  checks: [],
  start: {
    'zh-CN': {
      title: '【单位】将召开【主题】新闻发布会',
      blocks: { whenWhere: '【时间】，【地点】' },
      body: '<p>发布单位：【单位】</p><p>主题：【主题】</p><p>媒体报名：【方式】</p>',
    },
    en: {
      title: '【body】 to hold a press conference on 【subject】',
      blocks: { whenWhere: '【time】, 【place】' },
      body: '<p>Held by: 【body】</p><p>Subject: 【subject】</p><p>Accreditation: 【how】</p>',
    },
  },
}
