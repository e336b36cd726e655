/** 来源 of a release that carries another agency's: whose it is, when it was published there, and the way to it. */
import { wallMinute } from '../../src/lib/clock.ts'
import type { RepostOf } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { named } from './site.ts'

export const repostLine = (source: RepostOf, lang: Lang, offset: string): string =>
  t(lang, 'repost.line', {
    agency: named(source.agencyName, lang),
    at: wallMinute(source.publishedAt, offset),
  })

export function CarriedFrom(p: { repost: RepostOf | undefined; lang: Lang; offset: string }) {
  if (!p.repost) return null
  return (
    <>
      <br />
      {t(p.lang, 'repost.carried')} <a href={p.repost.address}>{repostLine(p.repost, p.lang, p.offset)}</a>
    </>
  )
}
