/** The search box of the header and the foot: a plain form, so that it works without script and by keyboard alone. */
import { type Lang, t } from '../words/index.ts'
import type { Site } from './site.ts'

/** `at` keeps the two boxes of a page apart. Exercises are found in no search, so their pages have no box. */
export function SearchBox(p: { site: Site; lang: Lang; at: 'top' | 'foot' }) {
  if (p.site.mode !== 'live') return null
  const id = `find-${p.at}`
  return (
    <search aria-label={t(p.lang, `search.box.${p.at}`)}>
      <form class="find" method="get" action="/search">
        <input type="hidden" name="lang" value={p.lang} />
        <label class="visually-hidden" for={id}>
          {t(p.lang, 'search.words')}
        </label>
        <input
          id={id}
          type="search"
          name="q"
          maxlength={200}
          placeholder={p.at === 'top' ? undefined : t(p.lang, 'search.words')}
        />
        <button type="submit">{t(p.lang, 'search.go')}</button>
      </form>
    </search>
  )
}
