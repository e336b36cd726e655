/** Words: what pages say of feeds, and of the picture beside a shared link. */
import type { Words } from './index.ts'

export const feedPageWords = {
  'page.feeds.zh': ['只看中文', 'Chinese only'],
  'page.feeds.mn': ['只看蒙古文', 'Mongolian only'],
  'page.feeds.en': ['只看英文', 'English only'],
  'page.feeds.wire': ['供编辑系统接稿', "For newsrooms' systems"],
  'page.share.alt': ['{name}的印章', 'Seal of {name}'],
} satisfies Words
