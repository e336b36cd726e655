/** Words: what pages say of feeds, and of the picture beside a shared link. */
import type { Words } from './index.ts'

export const feedPageWords = {
  'page.feeds.language': ['只看{language}', '{language} only'],
  'page.feeds.wire': ['供编辑系统接稿', "For newsrooms' systems"],
  'page.share.alt': ['{name}的印章', 'Seal of {name}'],
} satisfies Words
