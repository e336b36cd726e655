/** Words of finding things: search, archive, checking, the calendar of press conferences, the guide. */
import type { Words } from './index.ts'

export const findingWords = {
  'cli.about.search rebuild': ['重建检索索引', 'Make the search index again from what is public'],
  'cli.search.step': ['已处理 {n} 份发布', '{n} releases done'],
  'cli.search.done': ['检索索引已重建，共 {n} 份发布。', 'The search index has been made again: {n} releases.'],
} satisfies Words
