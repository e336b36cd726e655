/** 索引号: the number a document has in the agency's catalogue, made from the configured pattern when the draft begins. */
import type { Kysely } from 'kysely'
import type { GovRules } from '../lib/gov-settings.ts'
import { nextCount } from '../store/counter.ts'
import type { Tables } from '../store/tables.ts'
import type { Content } from './content.ts'

const MOST_SERIAL = 99_999

/**
 * The content with its index number, where the agency has a code and nobody typed one. It is part of what is agreed, so it is made
 * while drafting; a draft that is given up leaves a gap, as in a paper register. Exercises have none.
 * @param slug of the agency @param day local day, YYYY-MM-DD
 */
export async function withIndexNumber(
  trx: Kysely<Tables>,
  { pattern, codes }: GovRules['index'],
  slug: string,
  day: string,
  content: Content,
): Promise<Content> {
  const code = codes[slug] ?? codes['*']
  if (!code || content.core.indexNumber || content.core.mode !== 'live') return content
  const bare = pattern.replace('{code}', code).replace('{year}', day.slice(0, 4)).replace('{month}', day.slice(5, 7))
  const serial = await nextCount(trx, `index-number ${bare}`)
  if (serial > MOST_SERIAL) return content
  const indexNumber = bare.replace('{serial}', String(serial).padStart(5, '0'))
  return { ...content, core: { ...content.core, indexNumber } }
}
