/** Beside the text of a release: its incident, its editions, its facts, copies to keep, and the proof. */
import { t } from '../words/index.ts'
import { EditionLine, FactList, Receipt } from './facts.tsx'
import { languagePath } from './pick.ts'
import { posterPath } from './poster.tsx'
import type { PartProps } from './release-head.tsx'
import { named, pathTo } from './site.ts'

/** The same release to keep or to post: the poster, and the PDF where this service makes one. */
function Copies({ site, edition, language, lang }: PartProps) {
  const folder = languagePath(edition, language)
  return (
    <section class="no-print">
      <h2>{t(lang, 'print.copies')}</h2>
      <p class="small-links">
        <a href={posterPath(edition, language)}>{t(lang, 'poster.link')}</a>
        {site.pdf ? (
          <>
            <br />
            <a href={`${folder}release.pdf`}>{t(lang, 'print.pdf')}</a> ·{' '}
            <a href={`${folder}poster.pdf`}>{t(lang, 'print.poster-pdf')}</a>
          </>
        ) : null}
      </p>
    </section>
  )
}

export function Side(p: PartProps) {
  const { edition, lang, site } = p
  return (
    <div class="side">
      {edition.incident ? (
        <section>
          <h2>{t(lang, 'public.incident')}</h2>
          <p>
            <a href={pathTo(site, lang, `/incidents/${edition.incident.number}/`)}>
              {named(edition.incident.title, lang)}
            </a>
          </p>
        </section>
      ) : null}
      <section>
        <h2>{t(lang, 'public.record')}</h2>
        <EditionLine site={site} edition={edition} lang={lang} />
      </section>
      <section>
        <h2>{t(lang, 'public.facts')}</h2>
        <FactList site={site} edition={edition} lang={lang} />
      </section>
      <Copies {...p} />
      <Receipt edition={edition} lang={lang} />
    </div>
  )
}
